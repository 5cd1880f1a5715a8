package io.vedette.api.hosting;

import io.vedette.api.aws.RequestedVersion;
import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** Reads all that a detection needs to know of a model in one query: it is asked for with every photograph. */
@ApplicationScoped
class Targets {
    private static final String QUERY =
            "select m.model_id, m.version, m.status, m.artifact, m.artifact_sha256, coalesce(h.min_units, 0), coalesce(h.max_units, h.min_units, 0),"
                    + " (select t.threshold from threshold_change t where t.model_id = m.model_id order by t.id desc limit 1)"
                    + " from project p join model m on m.project_id = p.project_id"
                    + " left join hosting h on h.model_id = m.model_id"
                    + " where p.account = ?1 and p.region = ?2 and p.name = ?3 and (?4 = 0 or m.version = ?4)"
                    + " order by m.version desc limit 1";

    private final EntityManager entities;

    Targets(EntityManager entities) {
        this.entities = entities;
    }

    /** Empty if there is no such project or no such model. */
    Optional<Target> find(Scope scope, ProjectName project, RequestedVersion version) {
        List<?> rows = entities.createNativeQuery(QUERY)
                .setParameter(1, scope.account())
                .setParameter(2, scope.region())
                .setParameter(3, project.value())
                .setParameter(4, version.number().map(ModelVersion::number).orElse(0))
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> target(scope, project, row))
                .findFirst();
    }

    private static Target target(Scope scope, ProjectName project, Object[] row) {
        return new Target(
                (UUID) row[0],
                new ModelArn(scope, project, new ModelVersion((Integer) row[1])),
                ModelStatus.valueOf((String) row[2]),
                (String) row[3],
                (String) row[4],
                ((Number) row[5]).intValue(),
                ((Number) row[6]).intValue(),
                row[7] == null ? OptionalDouble.empty() : OptionalDouble.of((Double) row[7]));
    }
}
