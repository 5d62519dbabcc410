package io.openrun.platform.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop speaks JSON, whatever it is asked for, and listens to nothing else. */
class MediaTypesTest extends TwoServicesShop {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/html",
                "application/yaml",
                "image/png, text/*;q=0.5",
                "application/problem+json, application/json;q=0.1",
                "application/json;q=0",
                "no such thing",
                "*/*",
            })
    void answersInJsonWhateverIsWishedForSoThatNothingIsDoneInVain(String accept) throws IOException {
        var answer = raw("POST /parcels", "Accept: " + accept + "\r\nContent-Type: application/json", "{\"units\":3}");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Content-Type: application/json")
                .contains("{\"units\":3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/x-yaml",
                "application/xml",
                "application/cbor",
                "application/x-jackson-smile",
                "text/plain",
                "application/x-www-form-urlencoded",
                "*/*",
                "application/*",
                "application/*+json",
                "*",
            })
    void takesNothingButJson(String type) throws IOException {
        var answer = raw("POST /parcels", "Content-Type: " + type, "units: 3");

        assertThat(answer).startsWith("HTTP/1.1 415").contains("\"code\":\"UNSUPPORTED_MEDIA_TYPE\"");
    }

    @Test
    void problemsAreProblemsWhateverIsWishedFor() throws IOException {
        var answer = raw("POST /parcels", "Accept: text/html\r\nContent-Type: application/json", "{\"units\":1.5}");

        assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("Content-Type: application/problem+json");
    }
}
