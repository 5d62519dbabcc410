package io.openrun.lab.explain;

import io.openrun.stock.HoldResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Leads two buyers through a scene: who goes on, until where, and when the other one's turn is. */
final class Director {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final int A = 0;
    private static final int B = 1;

    private final Stage stage;
    private final Script script;
    private final List<Lane> lanes;
    private final RedisWitness redis;
    private final Waiting waiting;
    private final List<CompletableFuture<HoldResult>> answers = new ArrayList<>();

    Director(Stage stage, Script script, List<Lane> lanes, RedisWitness redis) {
        this.stage = stage;
        this.script = script;
        this.lanes = lanes;
        this.redis = redis;
        this.waiting = new Waiting(stage, lanes, redis);
    }

    /** Plays it; the answers of the buyers, the first one's first. */
    List<HoldResult> play(Scene.Plot plot) {
        stage.begin();
        switch (plot) {
            case MEET -> meet();
            case LAPSE -> lapse();
            case QUEUE -> queue();
        }
        List<HoldResult> results = answers.stream().map(Stage::await).toList();
        script.end();
        return results;
    }

    private void meet() {
        gate(A).openUntil(Moment.WRITE);
        ask(A);
        settle(A);
        gate(B).openUntil(Moment.WRITE);
        ask(B);
        settle(B);
        gate(A).openUntil(Moment.COMMIT);
        settle(A);
        gate(B).openUntil(Moment.COMMIT);
        settle(B);
        gate(A).open();
        Stage.await(answers.get(A));
        gate(B).open();
    }

    private void lapse() {
        gate(A).openUntil(Moment.WRITE);
        ask(A);
        settle(A);
        String lock = stage.redisLocks(A).key().orElseThrow(() -> new ExplainException("No lock was asked for"));
        long since = System.nanoTime();
        until("The lock does not end", () -> !redis.exists(lock));
        script.note(String.format(
                "%s stands still before writing. %.1f s later Redis has no such lock any more (EXISTS → 0).",
                lanes.get(A).title(), (System.nanoTime() - since) / 1e9));
        ask(B);
        Stage.await(answers.get(B));
        gate(A).open();
    }

    /** A third wants more than there is, so they change nothing, but the writer is busy with them. */
    private void queue() {
        gate(A).openUntil(Moment.READ);
        CompletableFuture<HoldResult> third = stage.ask(A, 2);
        until("The writer does not come", gate(A)::somebodyStands);
        script.note("Somebody who wants 2 units is being served. Meanwhile Buyer A and then Buyer B queue for 1.");
        ask(A);
        ask(B);
        gate(A).open();
        Stage.await(third);
    }

    private Gate gate(int buyer) {
        return lanes.get(buyer).gate();
    }

    private void ask(int buyer) {
        Lane lane = lanes.get(Math.min(buyer, lanes.size() - 1));
        String who = lanes.size() > 1 ? "" : "Buyer " + (buyer == A ? "A" : "B") + ": ";
        answers.add(stage.ask(buyer, 1)
                .whenComplete((result, failure) ->
                        script.result(lane, who + (failure == null ? said(result) : "failed: " + failure))));
    }

    private static String said(HoldResult result) {
        return switch (result) {
            case HoldResult.Held held -> "answer: yours, place " + held.hold().sequence() + " in the line";
            case HoldResult.SoldOut ignored -> "answer: sold out";
            case HoldResult.Busy ignored -> "answer: busy, come again";
            default -> "answer: " + result;
        };
    }

    /** Returns when the buyer has an answer, stands at the gate, or waits for the other one. */
    private void settle(int buyer) {
        until("A buyer neither goes on nor waits", () -> {
            if (answers.get(buyer).isDone() || gate(buyer).somebodyStands()) {
                return true;
            }
            Optional<String> reason = waiting.reason(buyer);
            reason.ifPresent(why -> script.waits(lanes.get(buyer), why));
            return reason.isPresent();
        });
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(String otherwise, Condition condition) {
        long giveUp = System.nanoTime() + LONGEST_STEP.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new ExplainException(otherwise + " within " + LONGEST_STEP.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
