package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.load.LoadClient;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.load.Run;
import io.openrun.lab.load.Tally;
import io.openrun.lab.shop.Crowd;
import io.openrun.lab.shop.Purchases;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BareProcessTest {

    @TempDir
    private Path folder;

    @Test
    void answersManyPurchasesWithWhatWasCaptured() throws Exception {
        FixedAnswer sale = new FixedAnswer(
                201, List.of(new FixedAnswer.Header("Content-Type", "application/json")), "{\"sequence\":7}");
        Crowd crowd = new Crowd(1);
        crowd.add("token");
        URI lane = URI.create("http://127.0.0.1:1");
        try (BareProcess bare = BareProcess.start(sale, folder);
                LoadClient client = LoadClient.open(bare.address(), 20, 2)) {
            Tally tally = new Tally(Long.MIN_VALUE, Long.MAX_VALUE);
            List<String> drops =
                    IntStream.range(0, 5_000).mapToObj(i -> "drop-" + i).toList();

            client.run(Run.closedLoop(Purchases.of(crowd, lane, drops), Duration.ofSeconds(30)), tally::forOneThread);

            assertThat(tally.count(Outcome.OK)).isEqualTo(5_000);
            assertThat(FixedAnswer.capture(bare.address(), Purchases.of(crowd, lane, drops), 0))
                    .isEqualTo(sale);
        }
    }
}
