package io.openrun.drop.engine;

import io.openrun.platform.chores.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's clock as far as this process knows it without asking: exact to about the time of one round trip,
 * whatever this machine's own clock says. For telling shoppers the time; decisions ask the database.
 */
public final class DatabaseClock {

    /** How often it is set anew; two clocks drift apart by microseconds in that time. */
    static final Duration SET_EVERY = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private volatile Reading reading;

    /** Sets the clock at once. */
    public DatabaseClock(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.reading = read();
    }

    /** The time, in microseconds. */
    public Instant now() {
        var last = reading;
        return last.time.plusNanos(System.nanoTime() - last.nanos).truncatedTo(ChronoUnit.MICROS);
    }

    /** What keeps it right. */
    public Rounds rounds() {
        return new Rounds("drop-clock", SET_EVERY, () -> {
            reading = read();
            return false;
        });
    }

    private Reading read() {
        long before = System.nanoTime();
        var time = Objects.requireNonNull(jdbc.sql("SELECT clock_timestamp()")
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, java.time.OffsetDateTime.class))
                        .toInstant())
                .single());
        return new Reading(time, before + (System.nanoTime() - before) / 2);
    }

    /** The database's time at a moment of this process. */
    private record Reading(Instant time, long nanos) {}
}
