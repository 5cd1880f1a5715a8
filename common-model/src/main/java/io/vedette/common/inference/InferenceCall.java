package io.vedette.common.inference;

/** Names on the way from the api to the inference service. Every call carries the shared secret. */
public final class InferenceCall {
    /** {@code POST}: makes a model ready; answers 200 when it can detect. */
    public static final String LOAD = "/inference/load";

    /** {@code POST}: forgets a model; it is loaded again when somebody asks for it. */
    public static final String UNLOAD = "/inference/unload";

    /** {@code POST} of a photograph's bytes; answers a {@link Detected}. */
    public static final String DETECT = "/inference/detect";

    /** {@code POST} of an {@link Inspection.Asked} as JSON; answers an {@link Inspection.Answer}. Needs no model. */
    public static final String INSPECT = "/inference/inspect";

    /** The header with the secret that both services were given. */
    public static final String SECRET = "X-Vedette-Secret";

    /** Query: key of the model's {@code artifact.json} in the service's own bucket. */
    public static final String ARTIFACT = "artifact";

    /** Query: SHA-256 of those bytes, hexadecimal; left out where it is not known. */
    public static final String CHECKSUM = "sha256";

    /** Query: how many inference units the model has, from 1. */
    public static final String UNITS = "units";

    /** Query: the score from which a photograph is anomalous; the model's own where left out. */
    public static final String THRESHOLD = "threshold";

    /** Query: {@code true} for heat and instances too. */
    public static final String DETAILS = "details";

    // What an answer other than 200 means; its body is a Refusal.

    /** The photograph is none, or not one for this model. */
    public static final int BAD_IMAGE = 400;

    /** The model can never be loaded: it is damaged, gone, or made for another installation. */
    public static final int BAD_MODEL = 422;

    /** All places of the model's units are taken. */
    public static final int OVERLOADED = 429;

    /** Something that may pass: the store is down, or the service is stopping. */
    public static final int UNAVAILABLE = 503;

    private InferenceCall() {}

    /** @param message safe to show to the caller */
    public record Refusal(String message) {}
}
