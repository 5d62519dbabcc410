package io.openrun.lab.rush;

import io.openrun.lab.shop.ShopClient;
import io.openrun.lab.shop.ShopClient.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The drop that a rush runs at, made by an administrator. */
record RushDrop(String id, Instant opensAt) {

    private static final long PRICE = 15_000;
    private static final Duration MUCH_LATER = Duration.ofMinutes(30);
    private static final Duration SOON = Duration.ofSeconds(6);
    private static final Duration OPEN_FOR = Duration.ofHours(1);
    private static final int CLOCK_READINGS = 7;

    /** Creates a product with exactly the units, and a drop of all of them that opens much later. */
    static RushDrop schedule(ShopClient shop, String admin, RushPlan plan) {
        Reply product = ShopClient.expect(
                shop.post(
                        "/products",
                        admin,
                        Map.of("name", "Rush " + Instant.now(), "price", PRICE, "quantity", plan.stock())),
                "create the product");
        Instant opensAt = Instant.now().plus(MUCH_LATER);
        Reply drop = ShopClient.expect(
                shop.post(
                        "/drops",
                        admin,
                        Map.of(
                                "productId", product.text("id"),
                                "title", "Rush of " + plan.buyers(),
                                "quantity", plan.stock(),
                                "price", PRICE,
                                "perUserLimit", plan.limit(),
                                "opensAt", opensAt.toString(),
                                "closesAt", opensAt.plus(OPEN_FOR).toString())),
                "schedule the drop");
        return new RushDrop(drop.text("id"), opensAt);
    }

    /** Everyone is there: moves the opening to a moment from now. */
    RushDrop openSoon(ShopClient shop, String admin) {
        Instant soon = Instant.now().plus(SOON);
        ShopClient.expect(
                shop.patch("/drops/" + id, admin, Map.of("opensAt", soon.toString())), "move the drop's opening");
        return new RushDrop(id, soon);
    }

    /**
     * The opening in {@link System#nanoTime}, by the shop's clock: of several readings the quickest, taken in the
     * middle between question and answer, and half its round trip later so as never to be early.
     */
    long openingNanos(ShopClient shop) {
        long best = Long.MAX_VALUE;
        long opening = 0;
        for (int i = 0; i < CLOCK_READINGS; i++) {
            long asked = System.nanoTime();
            Reply reply = ShopClient.expect(shop.get("/drops/" + id, null), "read the drop");
            long answered = System.nanoTime();
            if (answered - asked < best) {
                best = answered - asked;
                Duration left = Duration.between(Instant.parse(reply.text("serverTime")), opensAt);
                opening = answered + left.toNanos();
            }
        }
        return opening + TimeUnit.MILLISECONDS.toNanos(1);
    }

    DropAudit audit(ShopClient shop, String admin) {
        return DropAudit.from(ShopClient.expect(shop.get("/drops/" + id + "/audit", admin), "audit the drop"));
    }
}
