package io.vedette.common.event;

import java.util.UUID;

/** The worker that holds this run is to stop it: nobody waits for its result any more. The key is the run id. */
public record RunCancelled(UUID runId, UUID modelId, String reason) implements Event {}
