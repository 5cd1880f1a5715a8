package io.vedette.api.model;

import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The version numbers that each project gives to its models, one after the other, none twice. */
@ApplicationScoped
class ProjectVersions {
    private final EntityManager entities;

    ProjectVersions(EntityManager entities) {
        this.entities = entities;
    }

    /** @param lastVersion the highest number given so far; 0 before the first */
    record Numbered(UUID projectId, int lastVersion) {}

    Optional<Numbered> find(Scope scope, ProjectName name) {
        List<?> rows = entities.createNativeQuery("select project_id, last_model_version from project"
                        + " where account = ?1 and region = ?2 and name = ?3")
                .setParameter(1, scope.account())
                .setParameter(2, scope.region())
                .setParameter(3, name.value())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Numbered((UUID) row[0], (Integer) row[1]))
                .findFirst();
    }

    /** True for exactly one caller per project and number. */
    boolean claim(UUID projectId, ModelVersion next) {
        return entities.createNativeQuery("update project set last_model_version = ?1"
                                + " where project_id = ?2 and last_model_version = ?1 - 1")
                        .setParameter(1, next.number())
                        .setParameter(2, projectId)
                        .executeUpdate()
                == 1;
    }
}
