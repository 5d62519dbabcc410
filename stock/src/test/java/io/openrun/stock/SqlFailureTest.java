package io.openrun.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault it is that a statement failed, and whether anything can have come of it. */
class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        "40001, CONFLICT",
        "40P01, CONFLICT",
        "22021, REFUSED",
        "23505, REFUSED",
        "55P03, AWAY",
        "08006, AWAY",
        ", AWAY"
    })
    void isToldByTheState(@Nullable String state, SqlFailure failure) {
        assertThat(SqlFailure.of(failed(state))).isEqualTo(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "23505", "08006"})
    void isNobodysFaultWhereTheCommitMayHaveHappened(String state) {
        var lost = new CommitUnknownException(new StockId(UUID.randomUUID()), connection -> true, failed(state));

        assertThat(SqlFailure.of(lost)).isEqualTo(SqlFailure.AWAY);
        assertThat(SqlFailure.isServersRefusal(lost)).isFalse();
    }

    @Test
    void isARefusalOfTheServerWhereALockWasNotToBeHad() {
        assertThat(SqlFailure.isServersRefusal(failed("55P03"))).isTrue();
        assertThat(SqlFailure.isServersRefusal(failed("23505"))).isTrue();
        assertThat(SqlFailure.isServersRefusal(failed("08006"))).isFalse();
        assertThat(SqlFailure.isServersRefusal(failed(null))).isFalse();
    }

    private static SQLException failed(@Nullable String state) {
        return new SQLException("failed", state);
    }
}
