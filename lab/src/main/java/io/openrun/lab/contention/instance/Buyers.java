package io.openrun.lab.contention.instance;

import io.openrun.lab.contention.Workload;
import io.openrun.lab.contention.instance.Purchase.Intent;
import io.openrun.stock.HolderId;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The crowd of a workload: who comes when, for what. The same seed makes the same crowd, in every process, without
 * anything having to be sent.
 */
public final class Buyers {

    /** Of a hundred people, how many come twice to a sell-out: half of them with the same key, half to get more. */
    private static final int TWICE_PERCENT = 10;

    /** Of a hundred people, how many want more than one unit in a sell-out with a limit above one. */
    private static final int GREEDY_PERCENT = 20;

    /** Of a hundred people, how many let their hold run out. */
    private static final int ABANDON_PERCENT = 50;

    private static final int SMALLEST_ORDER = 2;
    private static final int LARGEST_ORDER = 4;

    private final Workload workload;
    private final long seed;
    private final int limit;
    private final int stocks;
    private final int count;

    /** In a sell-out, person {@code p} for the first time is {@code p}, for the second time {@code -p - 1}. */
    private final int[] visits;

    private Buyers(Workload workload, long seed, int limit, int stocks, int[] visits, int count) {
        this.workload = workload;
        this.seed = seed;
        this.limit = limit;
        this.stocks = stocks;
        this.visits = visits;
        this.count = count;
    }

    /**
     * The crowd.
     *
     * @param people how many come to a sell-out; to everything else they come without end
     * @param limit most units one person may have
     * @param stocks how many stocks there are
     */
    public static Buyers of(Workload workload, long seed, int people, int limit, int stocks) {
        int[] visits = workload == Workload.SELL_OUT ? shuffledVisits(seed, people) : new int[0];
        int count = workload == Workload.SELL_OUT ? visits.length : Integer.MAX_VALUE;
        return new Buyers(workload, seed, limit, stocks, visits, count);
    }

    /** How many purchases there are; their numbers are 0 to count - 1. */
    public int count() {
        return count;
    }

    /** The purchase of that number. */
    public Purchase purchase(int number) {
        return switch (workload) {
            case SELL_OUT -> visit(number);
            case SUSTAINED -> new Purchase(number, person(number), new int[] {0}, 1, null, Intent.HOLD);
            case SCATTERED -> new Purchase(number, person(number), new int[] {any(number)}, 1, null, Intent.HOLD);
            case MULTI_ITEM -> new Purchase(number, person(number), several(number), 1, null, Intent.HOLD);
            case ABANDONMENT ->
                new Purchase(
                        number,
                        person(number),
                        new int[] {0},
                        1,
                        null,
                        random(number).nextInt(100) < ABANDON_PERCENT ? Intent.LEAVE : Intent.PAY);
        };
    }

    private Purchase visit(int number) {
        int visit = visits[number];
        int person = visit >= 0 ? visit : -visit - 1;
        SplittableRandom choices = random(person);
        boolean twice = choices.nextInt(100) < TWICE_PERCENT;
        boolean sameKey = choices.nextBoolean();
        int quantity = limit > 1 && choices.nextInt(100) < GREEDY_PERCENT ? 2 + choices.nextInt(limit - 1) : 1;
        String key = twice && (sameKey || visit < 0) ? "buyer-" + person + (sameKey ? "" : "-again") : null;
        return new Purchase(number, person(person), new int[] {0}, quantity, key, Intent.HOLD);
    }

    private static int[] shuffledVisits(long seed, int people) {
        int[] visits = new int[2 * people];
        int count = 0;
        for (int person = 0; person < people; person++) {
            visits[count++] = person;
            if (new SplittableRandom(mixed(seed, person)).nextInt(100) < TWICE_PERCENT) {
                visits[count++] = -person - 1;
            }
        }
        SplittableRandom order = new SplittableRandom(seed);
        for (int i = count - 1; i > 0; i--) {
            int j = order.nextInt(i + 1);
            int moved = visits[i];
            visits[i] = visits[j];
            visits[j] = moved;
        }
        return Arrays.copyOf(visits, count);
    }

    private int any(int number) {
        return random(number).nextInt(stocks);
    }

    /** Some of the stocks, each once, in no order. */
    private int[] several(int number) {
        SplittableRandom choices = random(number);
        int[] order = new int[Math.min(stocks, SMALLEST_ORDER + choices.nextInt(LARGEST_ORDER - SMALLEST_ORDER + 1))];
        int chosen = 0;
        while (chosen < order.length) {
            int stock = choices.nextInt(stocks);
            boolean fresh = true;
            for (int i = 0; i < chosen; i++) {
                fresh &= order[i] != stock;
            }
            if (fresh) {
                order[chosen++] = stock;
            }
        }
        return order;
    }

    private HolderId person(int person) {
        return new HolderId(new UUID(mixed(seed, person), mixed(~seed, person)));
    }

    private SplittableRandom random(int number) {
        return new SplittableRandom(mixed(seed, number));
    }

    /** Neighbouring numbers become unlike ones (the finalizer of SplitMix64). */
    private static long mixed(long seed, long number) {
        long z = seed + (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
