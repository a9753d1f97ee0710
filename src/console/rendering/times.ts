/** ISO 8601, to the second: pages show when people did something. */
export const shownTime = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
