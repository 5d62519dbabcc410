package io.openrun.user.signup;

import io.openrun.platform.problem.Problem;
import io.openrun.user.account.Email;
import io.openrun.user.account.EmailAddress;
import io.openrun.user.account.PasswordHashing;
import io.openrun.user.account.PlainText;
import io.openrun.user.account.Profile;
import io.openrun.user.account.SecretToken;
import io.openrun.user.mail.Words;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sign-up and verification over HTTP. */
@RestController
@RequestMapping("/api/v1/users")
class SignUpController {

    private final SignUp signUp;
    private final VerifyEmail verifyEmail;

    SignUpController(SignUp signUp, VerifyEmail verifyEmail) {
        this.signUp = signUp;
        this.verifyEmail = verifyEmail;
    }

    record SignUpRequest(
            @NotNull @Email String email,

            @NotNull @PlainText(min = PasswordHashing.MIN_CHARS, max = PasswordHashing.MAX_CHARS)
            String password,

            @NotNull @PlainText(min = 1, max = 100) String name,

            @Nullable @Pattern(regexp = "\\+?[0-9 ()-]{5,30}")
            String phone,

            @Nullable @PlainText(min = 1, max = 300) String address,
            @Nullable @PlainText(max = 1000, lines = true) String bio,

            @Nullable @PlainText(max = 500) @Pattern(regexp = "https?://\\S+")
            String profileImageUrl) {

        Profile profile() {
            return new Profile(name.strip(), phone, address, bio, profileImageUrl);
        }

        @Override
        public String toString() {
            return "SignUpRequest[…]";
        }
    }

    record VerificationRequest(
            @NotNull @Size(min = 1, max = SecretToken.MAX_CHARS)
            String token) {}

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    void signUp(
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language,
            @Valid @RequestBody SignUpRequest request) {
        var email = EmailAddress.of(request.email);
        switch (signUp.signUp(email, request.password, request.profile(), Words.in(language))) {
            case ACCEPTED -> {}
            case BUSY -> throw Problem.busy(503, PasswordHashing.RETRY_AFTER).asException();
        }
    }

    @PostMapping("/verifications")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void verify(@Valid @RequestBody VerificationRequest request) {
        switch (verifyEmail.verify(new SecretToken(request.token))) {
            case VERIFIED -> {}
            case INVALID -> throw Problem.of(422, "VERIFICATION_INVALID").asException();
        }
    }
}
