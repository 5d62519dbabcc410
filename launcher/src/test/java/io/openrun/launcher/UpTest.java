package io.openrun.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.ProcessRecord;
import io.openrun.standalone.Shop;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} does on real engines, with a shop that starts at once. */
class UpTest {

    private static final List<String> PROCESSES = List.of("shop", "kafka", "redis", "postgres");

    /** An end-of-directory record and nothing before it. */
    private static final byte[] EMPTY_JAR = HexFormat.of().parseHex("504b0506" + "00".repeat(18));

    @TempDir
    Path folder;

    private Path data;
    private Terminal up;

    @AfterEach
    void stop() throws Exception {
        if (up != null) {
            up.pressCtrlC();
            up.exitStatus();
        }
    }

    @Test
    void answersEveryCommandWhileItRunsAndStopsInOrder() throws Exception {
        data = folder.resolve("data");
        up = Terminal.upOnFreePorts(folder, data);
        var shop = ShopFile.readFrom(new DataFolder(data)).orElseThrow();

        var second = Terminal.up(folder, data, "--port", 0);
        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.text().lines())
                .singleElement()
                .asString()
                .startsWith("Openrun is already running at " + shop.base());

        var port = shop.base().substring(shop.base().lastIndexOf(':') + 1);
        var elsewhere = Terminal.up(folder, folder.resolve("other"), "--port", port);
        assertThat(elsewhere.exitStatus()).isEqualTo(1);
        assertThat(elsewhere.text().strip())
                .isEqualTo("Port " + port + " is taken by java (process " + shop.shopPid()
                        + "): choose another with --port.");

        var tokens = Terminal.run(folder, "tokens", "3", "--data", data);
        assertThat(tokens.exitStatus()).isZero();
        assertThat(tokens.text()).isEqualTo("user-0 token-0\nuser-1 token-1\nuser-2 token-2\n");

        var reset = Terminal.run(folder, "reset", "--data", data);
        assertThat(reset.exitStatus()).isEqualTo(1);
        assertThat(reset.text()).startsWith("Openrun is running on");

        assertThat(Files.readAllLines(data.resolve("credentials")))
                .satisfiesExactly(line -> assertThat(line).startsWith("admin@openrun.local="), line -> assertThat(line)
                        .startsWith("demo@openrun.local="));
        assertThat(Files.getPosixFilePermissions(data.resolve("credentials"))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(data.resolve("run").resolve("shop.json")))
                .hasSize(2);

        var running = processes();
        int interrupted = up.pressCtrlC();
        assertThat(up.exitStatus()).isEqualTo(interrupted);
        assertThat(up.text()).containsSubsequence("Stopping the shop", "Stopping PostgreSQL, Redis, Kafka", "Stopped.");
        assertThat(data.resolve("logs").resolve("shop.log")).content().contains(Shop.DRAINED);
        assertThat(running).noneMatch(ProcessHandle::isAlive);

        assertThat(Terminal.run(folder, "tokens", "3", "--data", data).exitStatus())
                .isEqualTo(2);
        assertThat(Terminal.run(folder, "reset", "--data", data).exitStatus()).isZero();
        assertThat(data).doesNotExist();
    }

    @Test
    void recoversAfterItWasKilledAndEndsWithTheShop() throws Exception {
        data = folder.resolve("data");
        up = Terminal.upOnFreePorts(folder, data);
        var orphans = processes();
        var accounts = Files.readString(data.resolve("credentials"));
        up.kill();
        assertThat(orphans).allMatch(ProcessHandle::isAlive);

        up = Terminal.upOnFreePorts(folder, data);
        assertThat(orphans).noneMatch(ProcessHandle::isAlive);
        assertThat(data.resolve("credentials")).hasContent(accounts);

        var running = processes();
        running.getFirst().destroyForcibly();
        assertThat(up.exitStatus()).isEqualTo(1);
        assertThat(up.text()).contains("The shop ended by itself");
        assertThat(running).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void stopsWhatItStartedWhenInterruptedHalfWay() throws Exception {
        data = folder.resolve("data");
        up = Terminal.up(folder, data, Terminal.ON_FREE_PORTS).untilItSays("Starting PostgreSQL");

        int interrupted = up.pressCtrlC();

        assertThat(up.exitStatus()).isEqualTo(interrupted);
        assertThat(up.text()).doesNotContain("Openrun is ready");
        assertThat(PROCESSES).allSatisfy(name -> assertThat(record(name)).doesNotExist());
    }

    @Test
    void learnsToStartFastOnceAfterEveryBuild() throws Exception {
        data = folder.resolve("data");
        up = Terminal.upThatLearns(folder, data).untilItSays("Openrun is ready");
        assertThat(up.text())
                .containsSubsequence(
                        "Learning to start fast",
                        "Starting the shop",
                        "Making the start-up caches",
                        "Starting the shop");
        assertThat(data.resolve("aot")).isDirectoryContaining("glob:**/shop-*.aot");
        assertThat(data.resolve("aot")).isDirectoryContaining("glob:**/kafka-*.aot");
        assertThat(data.resolve("aot")).isDirectoryNotContaining("glob:**.aotconf");
        assertThat(data.resolve("logs").resolve("shop.log")).content().contains("-XX:AOTCache=");
        up.pressCtrlC();
        up.exitStatus();

        up = Terminal.upThatLearns(folder, data).untilItSays("Openrun is ready");
        assertThat(up.text()).doesNotContain("Learning");
        up.pressCtrlC();
        up.exitStatus();

        var oldCaches = files(data.resolve("aot"), ".aot");
        var another = Files.write(folder.resolve("another.jar"), EMPTY_JAR);
        up = Terminal.upThatLearns(folder, data, another).untilItSays("Openrun is ready");
        assertThat(up.text()).contains("Learning to start fast");
        // The shop's is made anew and replaces the old one; the broker is the same as before.
        assertThat(files(data.resolve("aot"), ".aot"))
                .hasSize(2)
                .filteredOn(oldCaches::contains)
                .singleElement()
                .asString()
                .startsWith("kafka-");
    }

    @Test
    void learnsNothingOnEnginesOfOnesOwn() throws Exception {
        data = folder.resolve("data");
        up = Terminal.upOnOtherEngines(folder, data).untilItSays("Openrun is ready");
        assertThat(up.text()).doesNotContain("Learning");
        assertThat(files(data.resolve("aot"), "")).isEmpty();
    }

    @Test
    void learnsAgainWhenItWasInterruptedInLearning() throws Exception {
        data = folder.resolve("data");
        up = Terminal.upThatLearns(folder, data).untilItSays("Starting the shop");
        up.pressCtrlC();
        up.exitStatus();
        // A recorded process that is asked to end takes its time to write down what it learned.
        assertThat(files(data.resolve("aot"), ".aotconf"))
                .allSatisfy(file -> assertThat(file).endsWith(" 0"));

        up = Terminal.upThatLearns(folder, data).untilItSays("Making the start-up caches");
        int interrupted = up.pressCtrlC();
        assertThat(up.exitStatus()).isEqualTo(interrupted);
        assertThat(up.text()).doesNotContain("Openrun is ready");
        assertThat(PROCESSES).allSatisfy(name -> assertThat(record(name)).doesNotExist());
        assertThat(data.resolve("aot"))
                .isDirectoryNotContaining("glob:**/*.failed")
                .isDirectoryNotContaining("glob:**/shop-*.aot")
                .isDirectoryNotContaining("glob:**/*-training.pid");

        up = Terminal.upThatLearns(folder, data).untilItSays("Learning to start fast");
    }

    @Test
    void startsAsItIsWhileAnotherStartOfTheSameBuildLearns() throws Exception {
        data = folder.resolve("data");
        new DataFolder(data).prepare();
        try (var learning =
                LockFile.tryLock(data.resolve("aot").resolve("learning.lock")).orElseThrow()) {
            assertThat(learning.isOpen()).isTrue();
            up = Terminal.upThatLearns(folder, data).untilItSays("Openrun is ready");
        }
        assertThat(up.text()).doesNotContain("Learning");
        assertThat(data.resolve("aot")).isDirectoryNotContaining("glob:**/*.failed");
    }

    @Test
    void goesOnWithoutACacheThatCannotBeMadeAndDoesNotTryAgain() throws Exception {
        data = folder.resolve("data");
        var classes = Files.createDirectory(folder.resolve("classes"));
        Files.writeString(
                classes.resolve("a-file"), "no start-up cache can be made of a class path with a folder in it");
        up = Terminal.upThatLearns(folder, data, classes).untilItSays("Openrun is ready");
        assertThat(up.text()).contains("Learning to start fast");
        assertThat(data.resolve("aot"))
                .isDirectoryContaining("glob:**/shop-*.aot.failed")
                .isDirectoryNotContaining("glob:**/shop-*.aot");
        up.pressCtrlC();
        up.exitStatus();

        up = Terminal.upThatLearns(folder, data, classes).untilItSays("Openrun is ready");
        assertThat(up.text()).doesNotContain("Learning");
    }

    @Test
    void namesTheOptionOfEveryPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0)) {
            data = folder.resolve("data");
            var refused = Terminal.up(
                    folder, data, "--port", 0, "--fast-lane-port", taken.getLocalPort(), "--management-port", 0);

            assertThat(refused.exitStatus()).isEqualTo(1);
            assertThat(refused.text())
                    .contains("Port " + taken.getLocalPort() + " is taken by java (process "
                            + ProcessHandle.current().pid() + ")")
                    .contains("--fast-lane-port");
        }
    }

    /** Name, time and size of each. */
    private static List<String> files(Path folder, String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> file.getFileName() + " " + file.toFile().lastModified() + " "
                            + file.toFile().length())
                    .toList();
        }
    }

    private List<ProcessHandle> processes() {
        return PROCESSES.stream()
                .map(name -> ProcessRecord.readFrom(record(name))
                        .flatMap(ProcessRecord::find)
                        .orElseThrow())
                .toList();
    }

    private Path record(String name) {
        return data.resolve("run").resolve(name + ".pid");
    }
}
