package io.openrun.drop.purchase;

import io.openrun.drop.schedule.DropTerms;
import io.openrun.stock.Hold;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes the body of a 201. It is written tens of thousands of times a second, so it is written by hand; the times
 * look as {@link Instant#toString} makes them.
 */
final class HoldJson {

    private static final int USUAL_LENGTH = 256;

    private HoldJson() {}

    /** What was bought. A hold that moved on since is shown as it was when it was taken. */
    static byte[] write(DropTerms terms, Hold hold) {
        var json = new StringBuilder(USUAL_LENGTH)
                .append("{\"orderId\":\"")
                .append(hold.id().value())
                .append("\",\"dropId\":\"")
                .append(terms.id())
                .append("\",\"quantity\":")
                .append(hold.quantity())
                .append(",\"amount\":")
                .append(terms.amount(hold.quantity()))
                .append(",\"sequence\":")
                .append(hold.sequence())
                .append(",\"status\":\"HELD\",\"holdExpiresAt\":\"");
        appendTime(json, hold.expiresAt());
        return json.append("\"}").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static void appendTime(StringBuilder text, Instant instant) {
        var time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        pad(text, time.getYear(), 1000);
        pad(text.append('-'), time.getMonthValue(), 10);
        pad(text.append('-'), time.getDayOfMonth(), 10);
        pad(text.append('T'), time.getHour(), 10);
        pad(text.append(':'), time.getMinute(), 10);
        pad(text.append(':'), time.getSecond(), 10);
        int nanos = instant.getNano();
        if (nanos % 1_000_000 == 0) {
            if (nanos != 0) {
                pad(text.append('.'), nanos / 1_000_000, 100);
            }
        } else if (nanos % 1_000 == 0) {
            pad(text.append('.'), nanos / 1_000, 100_000);
        } else {
            pad(text.append('.'), nanos, 100_000_000);
        }
        text.append('Z');
    }

    /** Leading zeros up to the digit of that magnitude. */
    private static void pad(StringBuilder text, int value, int magnitude) {
        for (int m = magnitude; m > 1 && value < m; m /= 10) {
            text.append('0');
        }
        text.append(value);
    }
}
