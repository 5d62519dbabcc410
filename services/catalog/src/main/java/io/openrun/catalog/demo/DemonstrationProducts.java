package io.openrun.catalog.demo;

import io.openrun.catalog.product.CreateProduct;
import io.openrun.catalog.product.ProductDetails;
import io.openrun.catalog.product.Products;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A shop on a laptop has something on its shelves from the first start: eight products under fixed ids, of which the
 * first has the units the demonstration drop takes. What was changed or deleted since stays so.
 */
@Component
@ConditionalOnBooleanProperty("openrun.demo")
@Order(0)
class DemonstrationProducts implements ApplicationRunner {

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    1,
                    "Seongsu Nocturne varsity jacket",
                    "Midnight melton wool, cream leather sleeves, chenille moon on the back. Numbered, cut and sewn in"
                            + " Seongsu-dong, made once.",
                    289_000,
                    "Street fashion",
                    10_000),
            new Sample(
                    2,
                    "Han River Lights: standing ticket",
                    "One night, one stage on the water at Nodeul Island. Entry from 17:00, doors close when the first"
                            + " song begins.",
                    132_000,
                    "Tickets",
                    5_000),
            new Sample(
                    3,
                    "Moon jar, artist's proof",
                    "White porcelain, 32 cm, thrown in two halves and joined by hand. Signed under the foot; no two are"
                            + " round in the same way.",
                    1_450_000,
                    "Collectibles",
                    60),
            new Sample(
                    4,
                    "Dancheong runner '88",
                    "Suede and mesh in the five temple colours, gum sole. The pair everybody queued for in Euljiro.",
                    179_000,
                    "Sneakers",
                    3_000),
            new Sample(
                    5,
                    "Hongdae Tape Club: first pressing",
                    "Indie sessions from eleven basements on 180 g translucent vinyl, with a risograph booklet.",
                    54_000,
                    "Music",
                    1_200),
            new Sample(
                    6,
                    "Tiger and magpie enamel set",
                    "Two hard-enamel pins after the folk painting, in a hanji sleeve. The magpie still has the last"
                            + " word.",
                    24_000,
                    "Collectibles",
                    8_000),
            new Sample(
                    7,
                    "Jamsil derby: north stand ticket",
                    "The last derby of the season. Bring a scarf; the stand sings for ninety minutes.",
                    38_000,
                    "Tickets",
                    2_500),
            new Sample(
                    8,
                    "Everyday hanbok coat",
                    "A durumagi for the subway: washable ramie blend, hidden pockets, one ribbon. Charcoal or persimmon.",
                    168_000,
                    "Street fashion",
                    1_500));

    private final Products products;
    private final CreateProduct createProduct;

    DemonstrationProducts(Products products, CreateProduct createProduct) {
        this.products = products;
        this.createProduct = createProduct;
    }

    private record Sample(int number, String name, String description, long price, String category, long quantity) {

        UUID id() {
            return UUID.fromString("01900000-0000-7000-8000-%012d".formatted(number));
        }

        ProductDetails details() {
            return new ProductDetails(name, description, price, category, "/art/product-%d.svg".formatted(number));
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        // Last to first, so that the newest is the first.
        for (var sample : SAMPLES.reversed()) {
            if (!products.existed(sample.id())) {
                createProduct.create(sample.id(), sample.details(), sample.quantity());
            }
        }
    }
}
