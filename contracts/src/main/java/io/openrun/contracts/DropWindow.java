package io.openrun.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a product shows a drop that was announced with its units
 * ({@code PUT /internal/products/{id}/drops/{dropId}}).
 *
 * @param version of the drop; an older one than the catalog has seen changes nothing
 * @param closesAt when the drop closes, or null when it was called off
 */
public record DropWindow(long version, @Nullable Instant closesAt) {}
