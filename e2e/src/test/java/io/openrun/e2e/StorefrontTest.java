package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.engines.DemoAccounts;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser, from the first visit to having paid. */
class StorefrontTest {

    private static TheShop shop;

    private Browser browser;

    @BeforeAll
    static void aShop() {
        Browser.orSkip();
        shop = TheShop.running();
        shop.cardAlwaysSucceeds();
    }

    @BeforeEach
    void aVisitor() {
        browser = Browser.open();
        browser.go(shop.base());
    }

    @AfterEach
    void leaves() {
        if (browser != null) {
            browser.close();
        }
        shop.cardAlwaysSucceeds();
    }

    @Test
    void signsUpByMailBuysAndPaysWithPoints() {
        var email = UUID.randomUUID() + "@example.org";
        browser.click("#sign-up");
        browser.type("#sign-up-name", "김서연");
        browser.type("#sign-up-email", email);
        browser.type("#sign-up-password", "correct horse");
        browser.click("#sign-up-form button[type=submit]");
        browser.read("#sign-in", email);
        browser.click("#verified-form button[type=submit]");
        browser.read("#verified-form [role=alert]", "Verify your e-mail first");

        browser.inTheTabOf("#sign-in .inbox a", () -> {
            browser.read("article", email);
            browser.click("article a[href*='/verify?token=']");
            browser.click("form[action='/verify'] button");
            browser.read("h1", "Verified");
        });
        browser.click("#verified-form button[type=submit]");
        browser.seeNoMore("#sign-in");
        browser.read("#who", "김서연");

        buyInANewDrop();
        browser.click(".order .pay");
        browser.click("#pay input[value=POINTS]");
        browser.read("#pay .lack", "15,000 points are missing");
        assertThat(browser.isEnabled("#pay-form button")).isFalse();
        browser.click("#pay-charge-form button");
        browser.seeNoMore("#pay .lack");
        browser.click("#pay-form button");

        browser.seeNoMore("#pay");
        browser.see(".order[data-status=PAID]");
        browser.read("#points", "0 points");
    }

    @Test
    void paysAgainAfterTheCardWasDeclined() {
        browser.click("#sign");
        browser.type("#sign-in-email", DemoAccounts.DEMO);
        browser.type("#sign-in-password", shop.running.accounts().demoPassword());
        browser.click("#sign-in-form button[type=submit]");
        browser.seeNoMore("#sign-in");
        buyInANewDrop();
        shop.cardIsAlwaysDeclined();

        browser.click(".order:first-child .pay");
        browser.click("#pay-form button");
        browser.read("#pay-form [role=alert]", "declined");
        browser.see(".order:first-child[data-status=PAYMENT_FAILED]");
        shop.cardAlwaysSucceeds();
        browser.click("#pay-form button");

        browser.seeNoMore("#pay");
        browser.see(".order:first-child[data-status=PAID]");
    }

    @Test
    void saysBesideTheFieldWhatIsWrongWithItInThePagesLanguage() {
        browser.click("#sign-up");
        browser.type("#sign-up-email", "nobody@nowhere");
        browser.type("#sign-up-password", "short");
        browser.click("#sign-up-form button[type=submit]");
        browser.read("#sign-up-name-wrong", "1 to 100 characters");
        browser.read("#sign-up-email-wrong", "must be an e-mail address");
        browser.read("#sign-up-password-wrong", "8 to 128 characters");
        assertThat(browser.attribute("#sign-up-email", "aria-invalid")).isEqualTo("true");
        assertThat(browser.attribute("#sign-up-email", "aria-describedby")).contains("sign-up-email-wrong");
        assertThat(browser.focused()).isEqualTo("sign-up-name");
        browser.type("#sign-up-name", "Kim");
        browser.seeNoMore("#sign-up-name-wrong");
        browser.click("#sign-in .close");

        browser.click("#language");
        browser.click("#sign-up");
        browser.type("#sign-up-email", "nobody@nowhere");
        browser.click("#sign-up-form button[type=submit]");
        browser.read("#sign-up-email-wrong", "이메일 주소 형식이 올바르지 않습니다");
        browser.read("#sign-up-password-wrong", "8~128자");
        browser.click("#sign-in .close");
        browser.click("#sign");
        browser.type("#sign-in-email", UUID.randomUUID() + "@example.org");
        browser.type("#sign-in-password", "whatever it was");
        browser.click("#sign-in-form button[type=submit]");
        browser.read("#sign-in-form [role=alert]", "이메일과 비밀번호가 일치하지 않습니다");
    }

    private void buyInANewDrop() {
        var product = shop.newProduct(10);
        shop.newOpenDrop(product, 10, 1);
        var name = Shopper.nobody(shop.base())
                .get("/api/v1/products/" + product)
                .ok()
                .path("name")
                .asString();
        browser.read("#featured .of", name);
        browser.click("#featured .buy");
        browser.see(".order:first-child[data-status=PENDING_PAYMENT] .pay");
    }
}
