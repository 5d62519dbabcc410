package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.Receipt.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A receipt as a line of text: the outcome, the request's place in the order of arrival, and for each hold its stock,
 * id and sequence, with a blank between all of them.
 */
public final class ReceiptLine {

    private static final int HEAD = 2;
    private static final int PER_HOLD = 3;

    private ReceiptLine() {}

    static String write(Receipt receipt, long arrival) {
        StringBuilder line = new StringBuilder(64);
        line.append(receipt.outcome()).append(' ').append(arrival);
        for (Taken taken : receipt.taken()) {
            line.append(' ').append(taken.stock());
            line.append(' ').append(taken.hold());
            line.append(' ').append(taken.sequence());
        }
        return line.toString();
    }

    static Outcome outcome(String line) {
        return Outcome.valueOf(line.substring(0, line.indexOf(' ')));
    }

    /** The place in the order of arrival. */
    public static long arrival(String line) {
        return Long.parseLong(line.split(" ", -1)[1]);
    }

    /** The receipt without it. */
    public static Receipt read(String line) {
        String[] words = line.split(" ", -1);
        List<Taken> taken = new ArrayList<>();
        for (int i = HEAD; i < words.length; i += PER_HOLD) {
            taken.add(
                    new Taken(Integer.parseInt(words[i]), UUID.fromString(words[i + 1]), Long.parseLong(words[i + 2])));
        }
        return new Receipt(Outcome.valueOf(words[0]), taken);
    }
}
