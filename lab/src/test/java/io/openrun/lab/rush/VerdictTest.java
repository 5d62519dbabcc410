package io.openrun.lab.rush;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final RushPlan PLAN = new RushPlan(1, 10, 1, 0.6, 0.2, 1);
    private static final DropAudit SOUND = audit(10, 10, 0, 0, 0, 0, 0);
    private static final Aftermath QUIET = new Aftermath(Map.of(), 0, 0, Map.of());

    @Test
    void theShopsOwnAuditCountsToo() {
        assertThat(verdict(audit(10, 0, 12, 2, 0, 0, 0)).oversold()).isEqualTo(2);
        assertThat(verdict(audit(10, 0, 10, 0, 3, 0, 0)).duplicates()).isEqualTo(3);
        assertThat(verdict(audit(10, 0, 10, 0, 0, 4, 0)).errors()).isEqualTo(4);
        assertThat(verdict(audit(10, 3, 10, 0, 0, 0, 0)).errors()).isEqualTo(1);
        assertThat(verdict(audit(10, 10, 0, 0, 0, 0, 5)).errors()).isEqualTo(5);
    }

    @Test
    void anyCountAboveZeroIsNotClean() {
        assertThat(verdict(SOUND).clean()).isTrue();
        assertThat(verdict(audit(10, 0, 12, 2, 0, 0, 0)).clean()).isFalse();
        assertThat(verdict(audit(10, 0, 10, 0, 3, 0, 0)).clean()).isFalse();
        assertThat(of(SOUND, new Aftermath(Map.of(), 1, 0, Map.of())).clean()).isFalse();
        assertThat(of(SOUND, new Aftermath(Map.of(), 0, 0, Map.of("a payment answered 500", 1L)))
                        .clean())
                .isFalse();
        assertThat(RushCommand.exitStatus(verdict(audit(10, 0, 12, 2, 0, 0, 0))))
                .isEqualTo(1);
        assertThat(RushCommand.exitStatus(verdict(SOUND))).isZero();
    }

    @Test
    void aWinnerWhoWasServedOutOfTurnIsNotClean() {
        Stampede stampede = new Stampede();
        stampede.refused("SOLD_OUT", 1_000);
        stampede.won(new Winner(1, "order", 1, 15_000, 2_000, 3_000));

        DropAudit oneSold = audit(1, 0, 1, 0, 0, 0, 0);

        Verdict verdict = Verdict.of(new RushPlan(2, 1, 1, 0.6, 0.2, 1), stampede, oneSold, QUIET, oneSold);

        assertThat(verdict.inversions()).isEqualTo(1);
        assertThat(verdict.clean()).isFalse();
        assertThat(RushCommand.exitStatus(verdict)).isEqualTo(1);
    }

    @Test
    void everyFindingIsASentence() {
        assertThat(of(SOUND, new Aftermath(Map.of(), 0, 0, Map.of("a payment answered 500", 2L)))
                        .findings())
                .containsExactly("2 x a payment answered 500");
    }

    @Test
    void aShopperWhoCouldNotSendIsAnError() {
        RushPlan twoMore = new RushPlan(3, 10, 1, 0.6, 0.2, 1);

        assertThat(Verdict.of(twoMore, new Stampede(), SOUND, QUIET, SOUND).errors())
                .isEqualTo(3);
    }

    private static Verdict verdict(DropAudit audit) {
        return of(audit, QUIET);
    }

    /** Of a stampede in which one shopper was refused. */
    private static Verdict of(DropAudit audit, Aftermath aftermath) {
        return Verdict.of(PLAN, refusedOnce(), audit, aftermath, audit);
    }

    private static Stampede refusedOnce() {
        Stampede stampede = new Stampede();
        stampede.refused("PURCHASE_LIMIT_REACHED", 1_000);
        return stampede;
    }

    private static DropAudit audit(
            long quantity, long remaining, long held, long oversold, long duplicates, long gaps, long miscounted) {
        return new DropAudit(quantity, remaining, held, 0, oversold, duplicates, gaps, 0, miscounted);
    }
}
