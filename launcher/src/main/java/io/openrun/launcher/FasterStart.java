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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The start-up caches of the shop and the broker: recorded in the first run after a build, made in the
 * background while the shop runs, used from the next start on.
 */
final class FasterStart {

    private static final Duration FINISH_LIMIT = Duration.ofSeconds(30);

    private Optional<AotCache> shopCache;
    private final Optional<AotCache> kafkaCache;
    private final PrintWriter out;
    private final List<AotTraining> trainings = new ArrayList<>();

    private FasterStart(Optional<AotCache> shopCache, Optional<AotCache> kafkaCache, PrintWriter out) {
        this.shopCache = shopCache;
        this.kafkaCache = kafkaCache;
        this.out = out;
    }

    /** Caches belong to the build, so they are kept beside it, else beside the data. */
    static FasterStart of(DataFolder data, PrintWriter out) {
        @Nullable String root = System.getProperty("openrun.root");
        var folder = root == null ? data.path().resolve("aot") : Path.of(root, "target", "openrun", "aot");
        return new FasterStart(Optional.of(AotCache.ofShop(folder)), Optional.of(AotCache.ofKafka(folder)), out);
    }

    /** Every start is as slow as the first. */
    static FasterStart never(PrintWriter out) {
        return new FasterStart(Optional.empty(), Optional.empty(), out);
    }

    void endOrphans() {
        shopCache.ifPresent(AotCache::endOrphan);
        kafkaCache.ifPresent(AotCache::endOrphan);
    }

    List<String> shopOptions() {
        return shopCache.map(AotCache::options).orElse(List.of());
    }

    List<String> kafkaOptions() {
        return kafkaCache.map(AotCache::options).orElse(List.of());
    }

    /** Whether what the shop does now is being recorded. */
    boolean isRecording() {
        return shopCache.filter(cache -> !cache.isTrained()).isPresent();
    }

    /** Lets the shop start as if there were no caches, and learns nothing from it. */
    void withoutShop() {
        shopCache = Optional.empty();
    }

    /** After a first start: writes down what was learned in it, and makes the caches. */
    void learnFrom(ShopProcess shop, Engines engines) {
        shopCache.filter(cache -> !cache.isTrained()).ifPresent(cache -> train(cache, shop.pid()));
        kafkaCache
                .filter(cache -> !cache.isTrained() && engines.has(Engines.Kind.KAFKA))
                .ifPresent(cache -> train(cache, engines.kafka().pid()));
    }

    private void train(AotCache cache, long pid) {
        if (cache.endRecording(pid)) {
            cache.train().ifPresent(trainings::add);
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
