package io.openrun.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The baseline of bars A and B: Reactor Netty's {@code HttpServer.route} that reads a purchase and answers
 * fixed bytes, and does nothing else. Runs in a process of its own with the shop's JVM flags.
 */
public final class BareServer {

    static final String READY = "listening on ";

    private BareServer() {}

    /** Takes the file of the answer and prints {@code listening on <port>}; ends when its input ends. */
    public static void main(String[] args) throws IOException {
        DisposableServer server = start(FixedAnswer.read(Path.of(args[0])));
        System.out.println(READY + server.port());
        while (System.in.read() >= 0) {
            // Lives as long as whoever started it holds the pipe.
        }
        server.disposeNow();
    }

    static DisposableServer start(FixedAnswer answer) {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        ByteBuf body =
                Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
        String length = Integer.toString(bytes.length);
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                        "/api/v1/drops/{id}/purchases",
                        (request, response) -> answer(request, response, answer, body, length)))
                .bindNow();
    }

    private static Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, FixedAnswer answer, ByteBuf body, String length) {
        return request.receive().aggregate().asByteArray().flatMap(ignored -> {
            response.status(answer.status());
            answer.headers().forEach(h -> response.header(h.name(), h.value()));
            return response.header(HttpHeaderNames.CONTENT_LENGTH, length)
                    .sendObject(body.duplicate())
                    .then();
        });
    }
}
