package io.openrun.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalTest {

    private final Journal journal = new Journal(10);

    JournalTest() {
        journal.bought(1);
        journal.bought(2);
        journal.bought(3);
        journal.cancelled();
    }

    @Test
    void hasNothingToSayWhenTheShopCountsWhatTheShoppersWereTold() {
        assertThat(journal.findings(audit(8, 1, 1, 0))).isEmpty();
    }

    @Test
    void findsASaleThatTheShopForgot() {
        assertThat(journal.findings(audit(9, 0, 1, 0)))
                .singleElement()
                .asString()
                .contains("counts 1 sold");
    }

    @Test
    void findsUnitsThatWereSoldTwice() {
        assertThat(journal.findings(audit(8, 1, 1, 1))).containsExactly("oversold is 1");
    }

    @Test
    void findsCountersThatDoNotAddUp() {
        assertThat(journal.findings(audit(9, 1, 1, 0)))
                .containsExactly("held + confirmed + remaining is not the quantity");
    }

    @Test
    void findsTwoInOnePlaceOfTheLine() {
        journal.bought(3);

        assertThat(journal.findings(audit(7, 1, 2, 0)))
                .singleElement()
                .asString()
                .contains("share their place");
    }

    @Test
    void neverTakesAnAuditWithoutCountsForAClean() {
        assertThat(journal.findings("{}")).isNotEmpty();
    }

    private static String audit(int remaining, int held, int confirmed, int oversold) {
        return """
                {"quantity": 10, "remaining": %d, "held": %d, "confirmed": %d, "oversold": %d, "duplicates": 0,
                 "sequenceGaps": 0, "limitViolations": 0, "miscounted": 0}""".formatted(remaining, held, confirmed, oversold);
    }
}
