package io.vedette.api.audit;

/**
 * Who has called.
 *
 * @param root whether with the configuration's own key
 * @param name the key's
 */
public record Principal(String account, String accessKeyId, String name, boolean root) {
    public String arn() {
        return "arn:aws:iam::" + account + (root ? ":root" : ":user/" + name);
    }

    String type() {
        return root ? "Root" : "IAMUser";
    }
}
