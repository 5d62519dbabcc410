package io.openrun.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;

@Timeout(60)
class BareServerTest {

    @TempDir
    private Path directory;

    @Test
    void answersEveryPurchaseWithTheShopsBytes() throws Exception {
        String body = "{\"code\":\"SOLD_OUT\"}\n\n";
        FixedAnswer answer =
                new FixedAnswer(409, List.of(new FixedAnswer.Header("Content-Type", "application/problem+json")), body);
        answer.write(directory.resolve("answer"));
        DisposableServer server = BareServer.start(FixedAnswer.read(directory.resolve("answer")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/api/v1/drops/1/purchases"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"quantity\":1}"))
                    .build();

            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

                assertThat(response.statusCode()).isEqualTo(409);
                assertThat(response.body()).isEqualTo(body);
                assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
            }
        } finally {
            server.disposeNow();
        }
    }
}
