package io.openrun.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.order.book.OrderStatus;
import io.openrun.platform.calls.ServiceCalls;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** What shoppers, administrators and other services can ask of orders. */
class OrderApiTest extends RunningOrders {

    @Value("${openrun.service-key}")
    private String serviceKey;

    @AfterEach
    void dropIsBack() {
        DROP.comeBack();
    }

    @Test
    void anOrderJustBoughtIsProcessingAndThenPendingPayment() {
        var purchase = bought(Purchase.any());

        var processing = get("/api/v1/orders/" + purchase.orderId(), purchase.userId());
        drops(purchase.held());
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
        var pending = get("/api/v1/orders/" + purchase.orderId(), purchase.userId());

        assertThat(processing.status()).isEqualTo(200);
        assertThat(processing.body().path("status").asString()).isEqualTo("PROCESSING");
        assertThat(pending.body().path("status").asString()).isEqualTo("PENDING_PAYMENT");
        for (var answer : new Answer[] {processing, pending}) {
            var body = answer.body();
            assertThat(body.path("id").asString()).isEqualTo(purchase.orderId().toString());
            assertThat(body.path("dropId").asString())
                    .isEqualTo(purchase.dropId().toString());
            assertThat(body.path("total").asLong()).isEqualTo(30_000);
            assertThat(body.path("discount").asLong()).isZero();
            assertThat(body.path("payable").asLong()).isEqualTo(30_000);
            assertThat(Instant.parse(body.path("holdExpiresAt").asString())).isEqualTo(purchase.expiresAt());
            assertThat(Instant.parse(body.path("createdAt").asString())).isEqualTo(purchase.heldAt());
            var item = body.path("items").path(0);
            assertThat(item.path("productId").asString())
                    .isEqualTo(purchase.productId().toString());
            assertThat(item.path("title").asString()).isEqualTo("Limited sneaker");
            assertThat(item.path("quantity").asInt()).isEqualTo(2);
            assertThat(item.path("unitPrice").asLong()).isEqualTo(15_000);
        }
    }

    @Test
    void somebodyElsesOrderIsNotThere() {
        var made = ordered(Purchase.any());
        var processing = bought(Purchase.any());
        var stranger = Purchase.id();

        for (var id : new UUID[] {made.orderId(), processing.orderId(), Purchase.id()}) {
            assertThat(get("/api/v1/orders/" + id, stranger).code()).isEqualTo("NOT_FOUND");
            assertThat(get("/api/v1/orders/" + id + "/events", stranger).status())
                    .isEqualTo(404);
        }
        assertThat(get("/api/v1/orders", stranger).body().path("items")).isEmpty();
    }

    @Test
    void listsMyOrdersNewestFirstPageByPage() {
        var me = Purchase.id();
        var mine = IntStream.range(0, 5)
                .mapToObj(i -> ordered(Purchase.any().by(me)))
                .toList();
        ordered(Purchase.any());

        var seen = new ArrayList<String>();
        var path = "/api/v1/orders?limit=2";
        for (var cursor = ""; cursor != null; ) {
            var page = get(path + cursor, me).body();
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            var next = page.path("nextCursor");
            cursor = next.isNull() ? null : "&cursor=" + next.asString();
        }

        assertThat(seen)
                .containsExactlyElementsOf(mine.reversed().stream()
                        .map(purchase -> purchase.orderId().toString())
                        .toList());
    }

    @Test
    void listsMyOrdersOfOneStatus() {
        var me = Purchase.id();
        var cancelled = ordered(Purchase.any().by(me));
        ordered(Purchase.any().by(me));
        cancel(cancelled, me);

        var items = get("/api/v1/orders?status=CANCELLED", me).body().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("id").asString())
                .isEqualTo(cancelled.orderId().toString());
        assertThat(get("/api/v1/orders?status=SHIPPING", me).body().path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?status=LOST",
                "?limit=0",
                "?limit=-1",
                "?limit=101",
                "?limit=1.5",
                "?limit=many",
                "?limit=99999999999999",
                "?cursor=not-ours",
                "?cursor=%00",
                "?cursor=bm90IGFuIGlk"
            })
    void refusesAListThatMakesNoSense(String query) {
        var answer = get("/api/v1/orders" + query, Purchase.id());

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void takesBlankFiltersForAbsentOnes() {
        var mine = ordered(Purchase.any());

        var list = get("/api/v1/orders?status=&limit=&cursor=%20", mine.userId());

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "not-an-id", "00000000-0000-0000-0000-00000000000g", "%F0%9F%91%9F", "%27--"})
    void anIdThatIsNoneNamesNothing(String id) {
        var user = Purchase.id();

        assertThat(get("/api/v1/orders/" + id, user).status()).isEqualTo(404);
        assertThat(get("/api/v1/orders/" + id + "/events", user).status()).isEqualTo(404);
        assertThat(send(request("/api/v1/orders/" + id + "/cancel", SHOPPERS.token(user))
                                .POST(HttpRequest.BodyPublishers.ofString("{broken")))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nobodyGetsInWithoutAGoodToken() {
        var purchase = ordered(Purchase.any());
        var path = "/api/v1/orders/" + purchase.orderId();
        var expired = SHOPPERS.token(purchase.userId(), "USER", Duration.ofMinutes(-1));
        var good = SHOPPERS.token(purchase.userId());
        var tampered = good.substring(0, good.length() - 6) + "AAAAAA";

        assertThat(send(anonymous(path).GET()).status()).isEqualTo(401);
        assertThat(send(request(path, expired).GET()).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(send(request(path, tampered).GET()).status()).isEqualTo(401);
        assertThat(send(request(path, "nonsense").GET()).status()).isEqualTo(401);
        assertThat(send(request(path + "/cancel", tampered).POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(401);
        assertThat(send(request(path, good).DELETE()).status()).isEqualTo(405);
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
    }

    @Test
    void administratorsSeeEverybodysOrdersAndShoppersDoNot() {
        ordered(Purchase.any());
        var purchase = ordered(Purchase.any());
        var admin = SHOPPERS.administrator();

        var all = send(request("/api/v1/admin/orders?limit=1", admin).GET());
        var theirs = send(request("/api/v1/admin/orders?userId=" + purchase.userId(), admin)
                .GET());

        assertThat(all.body().path("items")).hasSize(1);
        assertThat(all.body().path("nextCursor").isNull()).isFalse();
        assertThat(theirs.body().path("items")).hasSize(1);
        assertThat(theirs.body().path("items").path(0).path("userId").asString())
                .isEqualTo(purchase.userId().toString());
        assertThat(get("/api/v1/admin/orders", purchase.userId()).status()).isEqualTo(403);
        assertThat(send(anonymous("/api/v1/admin/orders").GET()).status()).isEqualTo(401);
    }

    @Test
    void anotherServiceSeesAnOrderThatIsNotMadeYetAndItIsMade() {
        var purchase = bought(Purchase.any());

        var view = internal(purchase.orderId());

        assertThat(view.status()).isEqualTo(200);
        assertThat(view.body().path("id").asString())
                .isEqualTo(purchase.orderId().toString());
        assertThat(view.body().path("userId").asString())
                .isEqualTo(purchase.userId().toString());
        assertThat(view.body().path("status").asString()).isEqualTo("PENDING_PAYMENT");
        assertThat(view.body().path("payable").asLong()).isEqualTo(30_000);
        assertThat(Instant.parse(view.body().path("holdExpiresAt").asString())).isEqualTo(purchase.expiresAt());
        awaitStatus(purchase, OrderStatus.PENDING_PAYMENT);
        assertThat(internal(Purchase.id()).status()).isEqualTo(404);
    }

    @Test
    void nobodyElseSeesTheInternalView() {
        var purchase = ordered(Purchase.any());

        assertThat(send(anonymous("/internal/orders/" + purchase.orderId()).GET())
                        .status())
                .isBetween(401, 404);
        assertThat(get("/internal/orders/" + purchase.orderId(), purchase.userId())
                        .status())
                .isBetween(401, 404);
    }

    @Test
    void whileTheDropIsAwayAnOrderNotMadeYetIsBusyNeverMissing() {
        var purchase = bought(Purchase.any());
        DROP.goAway();

        var answer = get("/api/v1/orders/" + purchase.orderId(), purchase.userId());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("BUSY");
        assertThat(answer.body().path("retryAfterMs").asLong()).isPositive();
        assertThat(internal(purchase.orderId()).status()).isEqualTo(503);
    }

    @Test
    void anOrderThatWasSeenOnceIsStillProcessingWhileTheDropIsAway() {
        var purchase = bought(Purchase.any());
        var path = "/api/v1/orders/" + purchase.orderId();
        assertThat(get(path, purchase.userId()).status()).isEqualTo(200);
        DROP.goAway();

        var again = get(path, purchase.userId());

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("status").asString()).isEqualTo("PROCESSING");
        assertThat(get(path, UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(DROP.refusals()).isZero();
    }

    @Test
    void theApiDescribesItself() {
        var api = send(anonymous("/v3/api-docs/order").GET());

        assertThat(api.status()).isEqualTo(200);
        assertThat(api.body().path("paths").propertyNames())
                .contains("/api/v1/orders", "/api/v1/orders/{id}/cancel")
                .noneMatch(path -> path.startsWith("/internal"));
    }

    private Answer internal(UUID id) {
        return send(anonymous("/internal/orders/" + id)
                .header(ServiceCalls.SERVICE_KEY_HEADER, serviceKey)
                .GET());
    }
}
