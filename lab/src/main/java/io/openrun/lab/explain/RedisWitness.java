package io.openrun.lab.explain;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks Redis whether a key is there, beside everybody else. */
final class RedisWitness implements AutoCloseable {

    private final Socket socket;
    private final RespReader answers;

    RedisWitness(String redisUrl) throws IOException {
        URI redis = URI.create(redisUrl);
        this.socket = new Socket(redis.getHost(), redis.getPort());
        this.answers = new RespReader(socket.getInputStream());
    }

    boolean exists(String key) {
        try {
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            String command = "*2\r\n$6\r\nEXISTS\r\n$" + name.length + "\r\n" + key + "\r\n";
            socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            RespReader.Value answer = answers.next();
            return answer != null && Long.valueOf(1).equals(answer.content());
        } catch (IOException e) {
            throw new ExplainException("Redis does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
