package io.openrun.launcher;

import io.openrun.engines.AotCache;
import io.openrun.engines.AotTraining;
import io.openrun.engines.Engines;
import io.openrun.engines.ShopProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start-up caches of the shop and the broker: recorded in the first run after a build, made in the
 * background while the shop runs, used from the next start on.
 */
final class FasterStart {

    private static final Duration FINISH_LIMIT = Duration.ofSeconds(30);

    private final AotCache shopCache;
    private final AotCache kafkaCache;
    private final PrintWriter out;
    private final List<AotTraining> trainings = new ArrayList<>();

    private FasterStart(AotCache shopCache, AotCache kafkaCache, PrintWriter out) {
        this.shopCache = shopCache;
        this.kafkaCache = kafkaCache;
        this.out = out;
    }

    /** Caches belong to the build, so they are kept beside it, else beside the data. */
    static FasterStart of(DataFolder data, PrintWriter out) {
        @Nullable String root = System.getProperty("openrun.root");
        var folder = root == null ? data.path().resolve("aot") : Path.of(root, "target", "openrun", "aot");
        return new FasterStart(AotCache.ofShop(folder), AotCache.ofKafka(folder), out);
    }

    void endOrphans() {
        shopCache.endOrphan();
        kafkaCache.endOrphan();
    }

    List<String> shopOptions() {
        return shopCache.options();
    }

    List<String> kafkaOptions() {
        return kafkaCache.options();
    }

    /** After a first start: shows the shop its everyday work, writes down what was learned, and makes the caches. */
    void learnFrom(ShopProcess shop, Engines engines) {
        if (!shopCache.isTrained()) {
            out.println("Learning to start faster next time ...");
            new Rehearsal(shop).run();
            if (shopCache.endRecording(shop.pid())) {
                shopCache.train().ifPresent(trainings::add);
            }
        }
        if (!kafkaCache.isTrained() && engines.has(Engines.Kind.KAFKA)) {
            if (kafkaCache.endRecording(engines.kafka().pid())) {
                kafkaCache.train().ifPresent(trainings::add);
            }
        }
    }

    /** At the end: lets a cache that is nearly made be made. */
    void finish() {
        if (trainings.stream().anyMatch(training -> !training.isDone())) {
            out.println("Finishing what makes the next start fast (at most " + FINISH_LIMIT.toSeconds() + " s) ...");
            trainings.forEach(training -> training.finish(FINISH_LIMIT));
        }
    }
}
