package io.vedette.api.aws;

import io.vedette.common.Scope;
import jakarta.enterprise.context.RequestScoped;

/** Who makes the present call: known once the signature was found to be right. */
@RequestScoped
public class Caller {
    private Scope scope;
    private String accessKeyId;

    /** The key's account, and the region that the call was signed for. */
    public Scope scope() {
        return known(scope);
    }

    public String accessKeyId() {
        return known(accessKeyId);
    }

    /** For the one who has checked the signature. */
    public void is(Scope scope, String accessKeyId) {
        this.scope = scope;
        this.accessKeyId = accessKeyId;
    }

    private static <T> T known(T value) {
        if (value == null) {
            throw new IllegalStateException("no caller: nobody has checked a signature");
        }
        return value;
    }
}
