package io.vedette.api.access;

import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What policies ask of models: the number behind {@code latest}, and tags. */
@ApplicationScoped
class ModelFacts {
    private static final String OF_PROJECT = " where account = ?1 and region = ?2 and project_name = ?3";

    private final EntityManager entities;

    ModelFacts(EntityManager entities) {
        this.entities = entities;
    }

    /** The number itself; for {@code latest} the highest there is, and {@code latest} itself if there is none. */
    @Transactional
    String version(Scope scope, String project, String asked) {
        if (!asked.equals("latest")) {
            return asked;
        }
        Object highest = in(entities.createNativeQuery("select max(version) from model" + OF_PROJECT), scope, project)
                .getSingleResult();
        return highest == null ? asked : highest.toString();
    }

    /** By key; empty too if there is no such model. */
    @Transactional
    Map<String, String> tags(Scope scope, String project, String version) {
        if (!version.matches("[1-9][0-9]{0,8}")) {
            return Map.of();
        }
        List<?> rows = in(
                        entities.createNativeQuery("select t.key, t.value from model_tag t join model using (model_id)"
                                + OF_PROJECT + " and version = ?4"),
                        scope,
                        project)
                .setParameter(4, Integer.parseInt(version))
                .getResultList();
        return rows.stream().map(Object[].class::cast).collect(Collectors.toMap(row -> (String) row[0], row ->
                (String) row[1]));
    }

    private static Query in(Query query, Scope scope, String project) {
        return query.setParameter(1, scope.account())
                .setParameter(2, scope.region())
                .setParameter(3, project);
    }
}
