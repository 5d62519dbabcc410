package io.openrun.standalone;

import io.openrun.catalog.CatalogService;
import io.openrun.drop.DropService;
import io.openrun.order.OrderService;
import io.openrun.payment.PaymentService;
import io.openrun.user.UserService;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/**
 * The whole shop: the five services imported into one context.
 *
 * <p>They still call one another over HTTP, here through a door of this process's own, so there is one
 * behaviour to understand and not two.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({UserService.class, CatalogService.class, DropService.class, OrderService.class, PaymentService.class})
public class Shop {

    private static final String ITSELF = "http://127.0.0.1:${openrun.inner-port}";

    /** What the environment may still override. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.application.name", "openrun",
            "openrun.default-port", 8080,
            "OPENRUN_MANAGEMENT_PORT", 8082,
            "OPENRUN_INNER_PORT", 8083,
            "OPENRUN_USER_URL", ITSELF,
            "OPENRUN_CATALOG_URL", ITSELF,
            "OPENRUN_DROP_URL", ITSELF,
            "OPENRUN_ORDER_URL", ITSELF,
            "OPENRUN_PAYMENT_URL", ITSELF);

    public static void main(String[] args) {
        new SpringApplicationBuilder(Shop.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(DEFAULTS)
                .run(args);
    }
}
