package io.openrun.launcher;

import io.openrun.engines.AotCache;
import io.openrun.engines.AotTraining;
import io.openrun.engines.KafkaEngine;
import io.openrun.engines.ShopProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start-up caches of the shop and the broker: made once after a build, of a start that was recorded, and used by
 * every start after it.
 */
final class FasterStart {

    private static final Logger LOG = LoggerFactory.getLogger(FasterStart.class);

    private final @Nullable Path folder;
    private final Optional<AotCache> shopCache;
    private final Optional<AotCache> kafkaCache;
    private final List<AotTraining> trainings = new CopyOnWriteArrayList<>();
    private @Nullable FileChannel lock;
    private volatile boolean isCancelled;

    private FasterStart(@Nullable Path folder) {
        this.folder = folder;
        this.shopCache = Optional.ofNullable(folder).map(AotCache::ofShop);
        this.kafkaCache = Optional.ofNullable(folder).map(AotCache::ofKafka);
    }

    /** Caches belong to the build, so they are kept beside it, else beside the data. */
    static FasterStart of(DataFolder data) {
        @Nullable String root = System.getProperty("openrun.root");
        return new FasterStart(root == null ? data.path().resolve("aot") : Path.of(root, "target", "openrun", "aot"));
    }

    /** Every start is as slow as without caches. */
    static FasterStart never() {
        return new FasterStart(null);
    }

    List<String> shopOptions() {
        return shopCache.map(AotCache::options).orElse(List.of());
    }

    List<String> kafkaOptions() {
        return kafkaCache.map(AotCache::options).orElse(List.of());
    }

    /**
     * Whether a start should be recorded; if so, nobody else records one of this build until {@link #awaitCaches}
     * returns or this process ends.
     */
    boolean beginsToLearn() {
        if (folder == null || shopCache.filter(AotCache::isWanted).isEmpty()) {
            return false;
        }
        lock = LockFile.tryLock(folder.resolve("learning.lock")).orElse(null);
        if (lock == null) {
            return false;
        }
        shopCache.ifPresent(AotCache::endOrphan);
        kafkaCache.ifPresent(AotCache::endOrphan);
        return true;
    }

    List<String> recordedShopOptions() {
        return shopCache.map(AotCache::recordingOptions).orElse(List.of());
    }

    /** The broker is recorded only where it has no cache: it stays the same when the shop is built anew. */
    List<String> recordedKafkaOptions() {
        return kafkaCache
                .filter(AotCache::isWanted)
                .map(AotCache::recordingOptions)
                .orElseGet(this::kafkaOptions);
    }

    /** Starts making the caches; neither recorded process is needed any more when this returns, some seconds later. */
    void learnFrom(ShopProcess shop, KafkaEngine kafka) {
        var beside = CompletableFuture.runAsync(
                () -> train(kafkaCache.filter(AotCache::isWanted), kafka.pid()), Thread::startVirtualThread);
        train(shopCache, shop.pid());
        beside.join();
    }

    /** Returns when the caches are there; one that could not be made is not tried again. */
    void awaitCaches() {
        trainings.forEach(AotTraining::await);
        if (!isCancelled) {
            Stream.of(shopCache, kafkaCache)
                    .flatMap(Optional::stream)
                    .filter(AotCache::isWanted)
                    .forEach(AotCache::giveUp);
        }
        endLearning();
    }

    /** Gives up what is being made; the next start learns anew. */
    void cancel() {
        isCancelled = true;
        trainings.forEach(AotTraining::cancel);
    }

    private void train(Optional<AotCache> cache, long recorded) {
        var training = cache.flatMap(wanted -> wanted.train(recorded));
        training.ifPresent(trainings::add);
        if (isCancelled) {
            training.ifPresent(AotTraining::cancel);
        }
    }

    private void endLearning() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.warn("Nobody else can learn to start faster until this ends: {}", e.toString());
        }
    }
}
