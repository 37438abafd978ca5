/** Ways to arrange lines on the page, whatever the theme. */
export const LAYOUTS = ['dialogue', 'subtitle', 'bubble', 'chat', 'backlog'] as const
export type Layout = (typeof LAYOUTS)[number]
