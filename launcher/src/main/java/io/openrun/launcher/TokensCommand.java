package io.openrun.launcher;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code openrun tokens N}: prints {@code userId<space>accessToken} of N distinct, verified demonstration shoppers. */
@Command(
        name = "tokens",
        description = "Print N lines `userId accessToken` of distinct demonstration shoppers, for load tests.",
        sortOptions = false)
final class TokensCommand implements Callable<Integer> {

    private static final int COUNT_MAX = 1_000_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int SILENCE_LIMIT_MILLIS = 60_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "N", description = "How many, 1 to 1,000,000.")
    private int count;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DataFolder.DEFAULT_NAME,
            description = "The running shop's data (default .openrun beside this script).")
    private Path data = Path.of(DataFolder.DEFAULT_NAME);

    @Override
    public Integer call() throws IOException {
        if (count < 1 || count > COUNT_MAX) {
            throw new ParameterException(spec.commandLine(), "N is a whole number from 1 to 1,000,000, not " + count);
        }
        var shop = ShopFile.readFrom(new DataFolder(data)).orElseThrow(this::notRunning);
        var request = (HttpURLConnection)
                URI.create(shop.base() + "/internal/demo/shoppers").toURL().openConnection();
        request.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        request.setReadTimeout(SILENCE_LIMIT_MILLIS);
        request.setRequestMethod("POST");
        request.setRequestProperty("Content-Type", "application/json");
        request.setRequestProperty("X-Service-Key", shop.serviceKey());
        request.setDoOutput(true);
        try (var body = request.getOutputStream()) {
            body.write(("{\"count\":" + count + "}").getBytes(StandardCharsets.UTF_8));
        } catch (ConnectException e) {
            throw notRunning();
        }
        print(request);
        return 0;
    }

    private void print(HttpURLConnection request) throws IOException {
        int status = request.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw Failure.of("The shop hands out no demonstration shoppers (it answered " + status
                    + "): it does so only on embedded engines.");
        }
        long lines;
        try (var shoppers = request.getInputStream()) {
            var counting = new LineCounter(System.out);
            shoppers.transferTo(counting);
            counting.flush();
            lines = counting.lines();
        }
        if (lines != count) {
            throw Failure.of("The shop ended after " + lines + " of " + count + " shoppers.");
        }
    }

    private Failure notRunning() {
        return Failure.ofInput(
                "No shop is running on " + new DataFolder(data).path() + ": start one with ./openrun up.");
    }
}
