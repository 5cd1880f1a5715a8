package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent.Kind;
import java.util.UUID;

/**
 * A request for work that is on its topic, and that no worker has begun.
 *
 * @param of the model's id, or the batch's
 * @param attempt that was asked for
 */
public record Request(Kind kind, UUID of, int attempt, int partition, long offset) {}
