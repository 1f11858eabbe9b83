package io.hodei.external.entity;

/** A task and what came of its call. */
public record Done(ExternalTask task, Outcome outcome) {}
