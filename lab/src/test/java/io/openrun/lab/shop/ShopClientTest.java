package io.openrun.lab.shop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ShopClientTest {

    @Test
    void saysThatNobodyAnswersWhereThereIsNoShop() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (ShopClient client = new ShopClient(new ShopAddress(nowhere, nowhere, ""))) {
            assertThatThrownBy(() -> client.login("somebody@openrun.local", "password"))
                    .isInstanceOf(ShopException.class)
                    .hasMessage("could not POST http://127.0.0.1:1/api/v1/sessions: nobody answers there");
        }
    }
}
