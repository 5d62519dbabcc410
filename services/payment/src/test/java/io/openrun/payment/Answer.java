package io.openrun.payment;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer, read the way a client reads it. */
record Answer(int status, String body, HttpResponse<String> whole) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body(), response);
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    String text(String member) {
        return json().path(member).asString("");
    }

    long number(String member) {
        return json().path(member).asLong();
    }

    UUID id() {
        return UUID.fromString(text("id"));
    }

    String header(String name) {
        return whole.headers().firstValue(name).orElse("");
    }

    Answer is(int expected) {
        Assertions.assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    Answer isProblem(int expected, String code) {
        is(expected);
        Assertions.assertThat(text("code")).as(body).isEqualTo(code);
        Assertions.assertThat(header("Content-Type")).startsWith("application/problem+json");
        return this;
    }
}
