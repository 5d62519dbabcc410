package io.openrun.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.openrun.contracts.OrderEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class PointsTest {

    private static final long TRILLION = 1_000_000_000_000L;

    private final Shop shop = Shop.shared();

    @AfterEach
    void auditTheLedger() {
        assertThat(number("SELECT coalesce(sum(amount), 0) FROM payments.entry"))
                .as("all entries together")
                .isZero();
        assertThat(number("""
                        SELECT count(*) FROM payments.account WHERE kind = 'WALLET' AND balance <>
                            (SELECT coalesce(sum(amount), 0) FROM payments.entry WHERE account_id = account.id)
                        """))
                .as("wallets whose balance is not the sum of their entries")
                .isZero();
        assertThat(number("SELECT count(*) FROM payments.account WHERE balance < 0"))
                .as("negative wallets")
                .isZero();
    }

    @Test
    void startsWithoutPoints() {
        assertThat(shop.shopper().points()).isZero();
    }

    @Test
    void chargesPoints() {
        var shopper = shop.shopper();

        var first = shopper.charges(1_000).is(201);
        var second = shopper.charges(TRILLION).is(201);

        assertThat(first.number("balance")).isEqualTo(1_000);
        assertThat(second.number("balance")).isEqualTo(TRILLION + 1_000);
        assertThat(second.text("entryId")).isNotEqualTo(first.text("entryId"));
        assertThat(shopper.points()).isEqualTo(TRILLION + 1_000);
    }

    @Test
    void letsAThousandChargesOfOnePersonAtOnceAllSucceed() {
        var shopper = shop.shopper();

        var answers = Shop.atOnce(1_000, i -> shopper.charges(i + 1));

        assertThat(answers).allSatisfy(answer -> answer.is(201));
        assertThat(answers.stream().map(a -> a.number("balance")).distinct()).hasSize(1_000);
        assertThat(shopper.points()).isEqualTo(500_500);
        assertThat(number("SELECT count(*) FROM payments.transfer WHERE to_account = '" + shopper.id() + "'"))
                .isEqualTo(1_000);
    }

    @Test
    void listsWhatCameInAndWentOut() {
        var shopper = shop.shopper();
        var charge = shopper.charges(5_000).is(201);
        var payment = shopper.hasReadyPayment("POINTS", 2_000);
        shopper.confirms(payment.id()).is(200);
        refundFallsDue(shopper, payment);
        await().atMost(Duration.ofSeconds(30)).until(() -> shopper.points() == 5_000);

        var newest = shop.get("/api/v1/points/entries?limit=2", shopper.token()).is(200);
        var rest = shop.get("/api/v1/points/entries?cursor=" + newest.text("nextCursor"), shopper.token())
                .is(200);

        var items = newest.json().path("items");
        assertThat(items.findValuesAsString("kind")).containsExactly("REFUND", "PAYMENT");
        assertThat(items.findValuesAsString("paymentId")).containsOnly(payment.text("id"));
        assertThat(items.get(0).path("amount").asLong()).isEqualTo(2_000);
        assertThat(items.get(1).path("amount").asLong()).isEqualTo(-2_000);
        assertThat(rest.json().path("items").findValuesAsString("id")).containsExactly(charge.text("entryId"));
        assertThat(rest.json().path("items").get(0).has("paymentId")).isFalse();
        assertThat(rest.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void refusesMorePointsThanAWalletCanHold() {
        var shopper = shop.shopper();
        shopper.charges(1).is(201);
        var issuance = "00000000-0000-0000-0000-000000000001";
        var almostFull = Long.MAX_VALUE / 2 - 10;
        var entry = UUID.randomUUID();
        shop.database().update("UPDATE payments.account SET balance = ? WHERE id = ?", almostFull, shopper.id());
        shop.database()
                .update(
                        "INSERT INTO payments.transfer (id, kind, from_account, to_account, amount) "
                                + "VALUES (?, 'CHARGE', ?::uuid, ?, ?)",
                        entry,
                        issuance,
                        shopper.id(),
                        almostFull - 1);

        shopper.charges(11).isProblem(422, "WALLET_FULL");
        shopper.charges(10).is(201);

        assertThat(shopper.points()).isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void chargesAtOnceWhateverAWalletCanHold() {
        var most = Long.MAX_VALUE / 2;
        var one = shop.shopper();
        var other = shop.shopper();

        one.charges(most + 1).isProblem(422, "WALLET_FULL");
        one.charges(Long.MAX_VALUE).isProblem(422, "WALLET_FULL");
        assertThat(one.charges(most).is(201).number("balance")).isEqualTo(most);
        one.charges(1).isProblem(422, "WALLET_FULL");
        other.charges(1).is(201);
        other.charges(Long.MAX_VALUE).isProblem(422, "WALLET_FULL");

        assertThat(one.points()).isEqualTo(most);
        assertThat(other.points()).isEqualTo(1);
    }

    @Test
    void neverSpendsMoreThanThereIsHoweverManyPaymentsAreConfirmedAtOnce() {
        var shopper = shop.shopper();
        shopper.charges(10_000).is(201);
        var payments = IntStream.range(0, 25)
                .mapToObj(i -> shopper.hasReadyPayment("POINTS", 1_000))
                .toList();

        var answers = Shop.atOnce(25, i -> shopper.confirms(payments.get(i).id()));

        assertThat(answers.stream().filter(a -> a.text("status").equals("SUCCEEDED")))
                .hasSize(10);
        assertThat(answers.stream().filter(a -> a.text("failureCode").equals("INSUFFICIENT_POINTS")))
                .hasSize(15);
        assertThat(shopper.points()).isZero();
    }

    @Test
    void conservesMoneyWhileManyChargeBuyAndAreRefunded() {
        var random = new Random(20_251);
        var shoppers = IntStream.range(0, 10).mapToObj(i -> shop.shopper()).toList();
        shoppers.forEach(shopper -> shopper.charges(10_000).is(201));
        var plans = IntStream.range(0, 200)
                .mapToObj(i -> new Plan(shoppers.get(random.nextInt(10)), random.nextInt(3), 1 + random.nextInt(5_000)))
                .toList();

        var refunded = Shop.atOnce(plans.size(), i -> plans.get(i).carryOut(this)).stream()
                .flatMap(Optional::stream)
                .toList();

        assertThat(refunded).isNotEmpty();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(refunded)
                .allSatisfy(payment -> assertThat(statusOf(payment)).isEqualTo("REFUNDED")));
        assertThat(number("""
                        SELECT count(*) FROM payments.payment WHERE method = 'POINTS' AND amount > 0 AND (
                            (status IN ('SUCCEEDED', 'REFUNDED')) <> EXISTS
                                (SELECT FROM payments.transfer WHERE payment_id = payment.id AND kind = 'PAYMENT')
                            OR (status = 'REFUNDED') <> EXISTS
                                (SELECT FROM payments.transfer WHERE payment_id = payment.id AND kind = 'REFUND'))
                        """)).as("payments that the ledger tells otherwise").isZero();
    }

    private record Plan(Shopper shopper, int what, long amount) {

        /** Answers the payment that is to be refunded, if there is one. */
        Optional<Answer> carryOut(PointsTest test) {
            if (what == 0) {
                shopper.charges(amount).is(201);
                return Optional.empty();
            }
            var confirmed = shopper.confirms(
                            shopper.hasReadyPayment("POINTS", amount).id())
                    .is(200);
            if (what == 1 || confirmed.text("status").equals("FAILED")) {
                return Optional.empty();
            }
            test.refundFallsDue(shopper, confirmed);
            return Optional.of(confirmed);
        }
    }

    private String statusOf(Answer payment) {
        return shop.database()
                .queryForObject("SELECT status FROM payments.payment WHERE id = ?", String.class, payment.id());
    }

    @Test
    void keepsTheDatabaseFromOverdrawingAWallet() {
        var shopper = shop.shopper();
        shopper.charges(10).is(201);

        assertThatThrownBy(() -> shop.database()
                        .update("UPDATE payments.account SET balance = balance - 11 WHERE id = ?", shopper.id()))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("wallet_is_never_negative");
    }

    private void refundFallsDue(Shopper shopper, Answer payment) {
        shop.hears(new OrderEvent.RefundDue(
                UUID.fromString(payment.text("orderId")), shopper.id(), payment.id(), "RETURNED", Instant.now()));
    }

    private long number(String sql) {
        return shop.database().queryForObject(sql, Long.class);
    }
}
