package io.openrun.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.SharedEngines;
import io.openrun.lab.strategies.LabStrategy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the report says that a library sends is what went over the wire. */
@Isolated("another test could teach Redis a program between its forgetting and the call")
class SentStatementsTest {

    private static final Path SNIPPETS = Path.of("src/main/resources/io/openrun/lab/report/snippets");
    private static final Pattern VALUE = Pattern.compile("'[^']*'|\\bNULL\\b|(?<=[=(,])\\d+(?=[,) ]|$)");

    /** A program that Redis knows is only called by its hash: whoever comes next has to send all of it. */
    @BeforeEach
    void forgetPrograms() throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), SharedEngines.redis().port())) {
            socket.getOutputStream().write("SCRIPT FLUSH\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("+OK");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LabStrategy.class,
            names = {
                "REDIS_LOCK_UNFENCED",
                "JPA_REDISSON_BEFORE_COMMIT",
                "JPA_REDISSON_AFTER_COMMIT",
                "JPA_VERSION",
                "JPA_PESSIMISTIC"
            })
    void isSeenOnTheWire(LabStrategy strategy) throws IOException {
        List<String> claimed = sent(strategy);
        assertThat(claimed).isNotEmpty();

        Outcome outcome = new Explanation(
                        SharedEngines.newDatabase(), SharedEngines.redis().url())
                .play(strategy, Scenes.of(strategy).getFirst());

        List<String> seen = Stream.concat(
                        outcome.events().stream()
                                .map(event -> VALUE.matcher(event.text().replaceAll("explain_\\d+\\.", ""))
                                        .replaceAll("?")),
                        outcome.programs().keySet().stream())
                .map(SentStatementsTest::dense)
                .toList();
        assertThat(claimed).allSatisfy(statement -> assertThat(seen).anyMatch(one -> one.contains(statement)));
    }

    /** Statement by statement, a whole Lua program each. */
    private static List<String> sent(LabStrategy strategy) throws IOException {
        List<String> statements = new ArrayList<>();
        String text = "\n" + Files.readString(SNIPPETS.resolve(strategy.title() + ".txt"));
        for (String section : text.split("\n(?=>> |== )", -1)) {
            if (section.startsWith(">> ")) {
                Arrays.stream(section.substring(section.indexOf('\n')).split("\n…\n", -1))
                        .map(SentStatementsTest::dense)
                        .forEach(statements::add);
            }
        }
        return statements;
    }

    private static String dense(String text) {
        return text.replaceAll("\\s+", "");
    }
}
