package io.openrun.drop.schedule;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When drafts of drops are withdrawn.
 *
 * @param abandonedAfter a draft of this age belongs to nobody: scheduling takes a few seconds at most
 * @param lookEvery how often to look for one
 */
@Validated
@ConfigurationProperties("openrun.drop.drafts")
record DraftSettings(
        @DefaultValue("30s") @NotNull Duration abandonedAfter,
        @DefaultValue("10s") @NotNull Duration lookEvery) {}
