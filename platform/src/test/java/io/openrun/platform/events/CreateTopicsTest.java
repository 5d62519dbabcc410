package io.openrun.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.engines.KafkaEngine;
import io.openrun.engines.SharedEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateTopicsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventTopic topic = new EventTopic("declared-" + UUID.randomUUID());
    private CreateTopics topics;

    private void declare(String servers, int partitions) {
        topics = new CreateTopics(() -> broker(servers), List.of(topic), partitions);
        topics.start();
    }

    @AfterEach
    void stop() {
        topics.stop();
    }

    @Test
    void createsWhatIsNotThere() {
        declare(SharedEngines.kafka().servers(), 7);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(partitions(SharedEngines.kafka().servers())).isEqualTo(7));
    }

    @Test
    void leavesWhatIsThereAsItIs() throws Exception {
        var servers = SharedEngines.kafka().servers();
        var second = new EventTopic(topic.name() + "-second");
        try (var broker = broker(servers)) {
            broker.createTopics(List.of(new NewTopic(topic.name(), Optional.of(2), Optional.empty())))
                    .all()
                    .get();

            topics = new CreateTopics(() -> broker(servers), List.of(topic, second), 7);
            topics.start();

            await().atMost(PATIENCE)
                    .until(() -> broker.listTopics().names().get().contains(second.name()));
        }
        assertThat(partitions(servers)).isEqualTo(2);
    }

    @Test
    void startsWithoutABrokerAndCreatesOnceThereIsOne(@TempDir Path home) throws Exception {
        int port = freePort();
        declare("127.0.0.1:" + port, 3);
        assertThat(topics.isRunning()).isTrue();

        try (var late = KafkaEngine.start(home, port)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(partitions(late.servers())).isEqualTo(3));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Admin broker(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }

    private int partitions(String servers) throws Exception {
        try (var broker = broker(servers)) {
            if (!broker.listTopics().names().get().contains(topic.name())) {
                return 0;
            }
            return broker.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .get(topic.name())
                    .partitions()
                    .size();
        }
    }
}
