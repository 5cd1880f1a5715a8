package io.vedette.anomaly.backbone;

/** There is no network of that name, or the file is none that can be used; the message says which. */
public class NoSuchBackbone extends IllegalArgumentException {
    NoSuchBackbone(String message) {
        super(message);
    }

    NoSuchBackbone(String message, Throwable cause) {
        super(message, cause);
    }
}
