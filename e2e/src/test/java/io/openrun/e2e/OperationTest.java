package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What those who run the shop look at: its description, its health, its figures. */
class OperationTest {

    private static TheShop shop;
    private static Shopper operator;

    @BeforeAll
    static void aShop() {
        shop = TheShop.running();
        operator = Shopper.nobody(withoutSlash(shop.running.shop().management()));
    }

    @Test
    void describesItsWholeApiAndShowsItOnAPage() {
        var api = Shopper.nobody(shop.base()).get("/v3/api-docs").ok();

        assertThat(api.path("openapi").asString()).startsWith("3.");
        assertThat(api.path("paths").propertyNames())
                .contains(
                        "/api/v1/users",
                        "/api/v1/sessions",
                        "/api/v1/products/{id}",
                        "/api/v1/drops/{id}/purchases",
                        "/api/v1/orders/{id}/cancel",
                        "/api/v1/payments/{id}/confirm",
                        "/api/v1/points/charges")
                .noneMatch(path -> path.startsWith("/internal"));
        assertThat(Shopper.nobody(shop.base())
                        .get("/swagger-ui/index.html")
                        .response()
                        .body())
                .contains("swagger-ui");
    }

    @Test
    void tellsItsHealthAndItsFiguresOnThePortThatIsNotForStrangers() {
        for (var group : new String[] {"", "/liveness", "/readiness"}) {
            assertThat(operator.get("/actuator/health" + group)
                            .ok()
                            .path("status")
                            .asString())
                    .isEqualTo("UP");
        }
        assertThat(operator.get("/actuator/prometheus").response().body())
                .contains("# TYPE ", "jvm_memory_used_bytes", "openrun_drop_lane_");
    }

    @Test
    void tellsStrangersNothingOfTheKind() {
        for (var path : new String[] {"/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/env"}) {
            assertThat(Shopper.nobody(shop.base()).get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(operator.get("/actuator/env").status()).isEqualTo(404);
    }

    private static String withoutSlash(URI uri) {
        return uri.toString().replaceAll("/$", "");
    }
}
