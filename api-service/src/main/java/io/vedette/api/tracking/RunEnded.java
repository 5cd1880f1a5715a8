package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent.Kind;
import io.vedette.persistence.TrackedRun.State;
import java.time.Instant;
import java.util.UUID;

/** Fired in the transaction that ends a run; to be observed after its success. @param state any but RUNNING */
public record RunEnded(UUID runId, Kind kind, State state, Instant at) {}
