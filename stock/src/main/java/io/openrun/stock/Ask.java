package io.openrun.stock;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one caller wants and the answer they wait for. A decision is noted first and answered after the commit, so a
 * transaction that is done again may simply decide again.
 */
abstract sealed class Ask<R> {

    /** What a holder wants done with a hold. */
    enum Wish {
        CONFIRM,
        RELEASE,
        RELEASE_UNCONFIRMED
    }

    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private @Nullable R decision;
    private boolean nothingLeft;

    static final class ToHold extends Ask<HoldResult> {
        /** The hold's, should there be one: known before it is written, so that it can be looked for afterwards. */
        final HoldId id = HoldId.next();

        final HoldRequest request;

        ToHold(HoldRequest request) {
            this.request = request;
        }

        @Override
        HoldResult busy(Duration retryAfter) {
            return new HoldResult.Busy(retryAfter);
        }
    }

    static final class ToSettle extends Ask<Settlement> {
        final HoldId hold;
        final Wish wish;

        ToSettle(HoldId hold, Wish wish) {
            this.hold = hold;
            this.wish = wish;
        }

        @Override
        Settlement busy(Duration retryAfter) {
            return new Settlement.Busy(retryAfter);
        }
    }

    CompletableFuture<R> future() {
        return answer;
    }

    void decide(R noted) {
        decision = noted;
    }

    R decision() {
        return Objects.requireNonNull(decision, "answered before it was decided");
    }

    /** The transaction that decided this has committed, and left no unit of the stock. */
    void noteNothingLeft() {
        nothingLeft = true;
    }

    boolean nothingLeft() {
        return nothingLeft;
    }

    void answer() {
        answer.complete(decision());
    }

    void answerBusy(Duration retryAfter) {
        decide(busy(retryAfter));
        answer();
    }

    void fail(Throwable bug) {
        answer.completeExceptionally(bug);
    }

    abstract R busy(Duration retryAfter);
}
