package io.openrun.lab.contention.instance;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The same endpoint in front of every strategy: {@code POST /purchases/7} makes the crowd's purchase number 7. It
 * answers a line of plain text, see {@link ReceiptLine}.
 */
final class PurchaseServer implements AutoCloseable {

    static final String PATH = "/purchases/";

    private static final int SOLD = 201;
    private static final int SHOWN = 200;
    private static final int REFUSED = 409;
    private static final int BUSY = 429;
    private static final int FAILED = 500;

    private final AtomicReference<@Nullable Counter> open = new AtomicReference<>();
    private final DisposableServer server;

    PurchaseServer() {
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(PATH + "{number}", this::purchase))
                .bindNow();
    }

    /** Who is served now. */
    private record Counter(Door door, Buyers buyers) {

        Mono<String> sell(int number) {
            Purchase purchase = buyers.purchase(number);
            return Mono.create(sink ->
                    door.enter(purchase, (receipt, arrival) -> sink.success(ReceiptLine.write(receipt, arrival))));
        }
    }

    int port() {
        return server.port();
    }

    void serve(Till till, Buyers buyers) {
        open.set(new Counter(new NumberedDoor(till), buyers));
    }

    private Publisher<Void> purchase(HttpServerRequest request, HttpServerResponse response) {
        Counter counter = open.get();
        if (counter == null) {
            return response.status(FAILED).send();
        }
        int number = Integer.parseInt(
                request.uri(), request.uri().lastIndexOf('/') + 1, request.uri().length(), 10);
        // An answer that overtakes the end of its request would leave the connection unread.
        return request.receive().then(counter.sell(number)).flatMap(line -> {
            byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
            response.status(status(ReceiptLine.outcome(line)));
            response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            return response.sendByteArray(Mono.just(bytes)).then();
        });
    }

    private static int status(Receipt.Outcome outcome) {
        return switch (outcome) {
            case SOLD, LEFT -> SOLD;
            case REPLAYED -> SHOWN;
            case SOLD_OUT, REFUSED -> REFUSED;
            case BUSY -> BUSY;
            case FAILED -> FAILED;
        };
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
