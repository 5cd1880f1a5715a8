package io.vedette.api.quota;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Resource;
import io.vedette.common.ModelStatus;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;

/** The account quotas that are counted in the database. */
@ApplicationScoped
public class Quotas {
    /** QuotaCode of the trainings at a time. AWS's own codes (L-…) are lost; these are ours (docs/security.md). */
    public static final String TRAININGS = "concurrent-trainings";

    private final EntityManager entities;
    private final QuotaSettings settings;

    Quotas(EntityManager entities, QuotaSettings settings) {
        this.entities = entities;
        this.settings = settings;
    }

    /**
     * Refuses a training beyond the account's quota. To be called in the transaction that adds the model, before it
     * does: calls of one account and region then wait for each other's end, so that no two take the last place.
     *
     * @param model named by the refusal
     * @throws io.vedette.api.aws.ServiceException QUOTA_EXCEEDED if as many models as allowed are being trained
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void checkTrainings(Scope scope, Resource model) {
        int most = trainings(scope.account());
        if (most == 0) {
            return;
        }
        // INVARIANT: held to the end of the transaction, and the count's snapshot is taken after it was got.
        entities.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(?1, 0)) is null", Boolean.class)
                .setParameter(1, TRAININGS + " " + scope)
                .getSingleResult();
        Number running = (Number) entities.createNativeQuery(
                        "select count(*) from model where account = ?1 and region = ?2 and status = ?3")
                .setParameter(1, scope.account())
                .setParameter(2, scope.region())
                .setParameter(3, ModelStatus.TRAINING.name())
                .getSingleResult();
        if (running.intValue() >= most) {
            throw AwsError.QUOTA_EXCEEDED
                    .because(
                            model,
                            "The account has " + running + " models in training, and " + most
                                    + " may be trained at a time.")
                    .ofQuota(TRAININGS);
        }
    }

    private int trainings(String account) {
        List<?> own = entities.createNativeQuery(
                        "select concurrent_trainings from account where account = ?1", Integer.class)
                .setParameter(1, account)
                .getResultList();
        return own.stream()
                .filter(Objects::nonNull)
                .map(Integer.class::cast)
                .findFirst()
                .orElse(settings.quotas().trainings());
    }
}
