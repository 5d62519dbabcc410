package io.openrun.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openrun.platform.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void hasNoCursorWhenEverythingFits() {
        assertThat(Page.of(List.of("a", "b"), 2, s -> s).nextCursor()).isNull();
        assertThat(Page.of(List.<String>of(), 2, s -> s).items()).isEmpty();
    }

    @Test
    void givesACursorThatPointsJustAfterTheLastItemShown() {
        var page = Page.of(List.of("a", "b", "c"), 2, s -> s).map(String::toUpperCase);

        assertThat(page.items()).containsExactly("A", "B");
        assertThat(Cursor.decode(page.nextCursor())).isEqualTo("b");
    }

    @Test
    void refusesCursorsItDidNotGiveOut() {
        assertThatThrownBy(() -> Cursor.decode("%%%")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.decodeId(Cursor.encode("no id"))).isInstanceOf(ProblemException.class);
        var id = UUID.randomUUID();
        assertThat(Cursor.decodeId(Cursor.encode(id.toString()))).isEqualTo(id);
        assertThat(Cursor.decodeId(null)).isNull();
    }

    @Test
    void boundsTheLimit() {
        assertThat(Cursor.limit(1)).isEqualTo(1);
        assertThat(Cursor.limit(100)).isEqualTo(100);
        assertThatThrownBy(() -> Cursor.limit(0)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.limit(101)).isInstanceOf(ProblemException.class);
    }
}
