package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent;
import java.time.Instant;

/** Fired in the transaction that applies what a run says, once for each record; to be observed after its success. */
public record RunHeard(RunEvent event, Instant at) {}
