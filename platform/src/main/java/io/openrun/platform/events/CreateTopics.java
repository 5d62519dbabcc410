package io.openrun.platform.events;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the topics that this process's services publish, for brokers that create none by themselves. One that exists
 * is left as it is: more partitions would move keys, and with them the order of their events.
 *
 * <p>The start does not wait for it; it asks again until the broker has answered. Replicas are the broker's default.
 */
public final class CreateTopics implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CreateTopics.class);

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Supplier<Admin> brokers;
    private final List<NewTopic> topics;
    private volatile boolean running;
    private volatile CountDownLatch stopping = new CountDownLatch(0);
    private volatile Thread thread = Thread.currentThread();

    /** Creates these topics with that many partitions each. */
    public CreateTopics(Supplier<Admin> brokers, List<EventTopic> topics, int partitions) {
        this.brokers = brokers;
        this.topics = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(partitions), Optional.empty()))
                .toList();
    }

    @Override
    public boolean isAutoStartup() {
        return !topics.isEmpty();
    }

    @Override
    public void start() {
        running = true;
        stopping = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("topics").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        thread.interrupt();
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        boolean told = false;
        try {
            while (running && !created()) {
                if (!told) {
                    log.warn("the topics are not declared yet: Kafka does not answer");
                    told = true;
                }
                if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean created() throws InterruptedException {
        try (var broker = brokers.get()) {
            boolean all = true;
            for (var creation : broker.createTopics(topics).values().values()) {
                all &= isThere(creation);
            }
            return all;
        } catch (KafkaException e) {
            log.debug("no broker to ask", e);
            return false;
        }
    }

    private static boolean isThere(KafkaFuture<Void> creation) throws InterruptedException {
        try {
            creation.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return true;
            }
            log.debug("a topic is not created yet", e);
            return false;
        }
    }
}
