/** Views that one keeps in sight, all lists together: who wants more in sight sees none of them. */
export const MOST_PINNED = 20
