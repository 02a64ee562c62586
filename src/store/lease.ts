/**
 * How long a lease lasts, and so how long what a dead worker had in hand waits for another. It outlasts a call's
 * time-out (30 s) together with what passes before the lease is renewed for it (worker/still-held.ts). With the looks
 * that find out what became of a call whose answer nobody heard, both sides agree within a minute.
 */
export const LEASE_SECONDS = 45
