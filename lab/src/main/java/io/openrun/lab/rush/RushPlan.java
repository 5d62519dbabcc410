package io.openrun.lab.rush;

/**
 * Who runs at what, and what the winners do then.
 *
 * @param buyers distinct shoppers, each with one purchase of one unit, 1 to 100,000
 * @param stock units, 1 to 1,000,000
 * @param limit units one person may have, 1 to 100
 * @param pay share of the winners who pay, 0 to 1
 * @param abandon share of the winners who leave at entering the payment, and the same share again at confirming it
 * @param seed decides who does which
 */
record RushPlan(int buyers, int stock, int limit, double pay, double abandon, long seed) {

    RushPlan {
        between("--buyers", buyers, 1, 100_000);
        between("--stock", stock, 1, 1_000_000);
        between("--limit", limit, 1, 100);
        if (!(pay >= 0 && pay <= 1)) {
            throw new IllegalArgumentException("--pay is a share from 0 to 1, was " + pay);
        }
        if (!(abandon >= 0 && abandon <= 1)) {
            throw new IllegalArgumentException("--abandon is a share from 0 to 1, was " + abandon);
        }
        if (pay + 2 * abandon > 1 + 1e-9) {
            throw new IllegalArgumentException(
                    "--pay and twice --abandon (entering, confirming) are more than all winners: " + pay + " + 2 x "
                            + abandon);
        }
    }

    private static void between(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be %,d to %,d, was %,d".formatted(option, min, max, value));
        }
    }
}
