package io.openrun.user.profile;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.security.Caller;
import io.openrun.user.account.Accounts;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One's own profile over HTTP. */
@RestController
@RequestMapping("/api/v1/users/me")
class ProfileController {

    private final Accounts accounts;
    private final EditProfile editProfile;

    ProfileController(Accounts accounts, EditProfile editProfile) {
        this.accounts = accounts;
        this.editProfile = editProfile;
    }

    @GetMapping
    UserView me(@AuthenticationPrincipal Caller caller) {
        return accounts.findById(caller.userId()).map(UserView::of).orElseThrow(() -> Problem.notFound()
                .asException());
    }

    @PatchMapping
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = ProfileFields.class)))
    UserView edit(@AuthenticationPrincipal Caller caller, @RequestBody JsonNode patch) {
        return editProfile.edit(caller.userId(), patch).map(UserView::of).orElseThrow(() -> Problem.notFound()
                .asException());
    }
}
