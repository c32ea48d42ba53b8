import type { Link, LinkListener, OpenLink } from '../../src/gateway/subscription/link.ts';

/** A link that does nothing by itself: a test says what it tells, and sees what it was asked. */
export interface LinkByHand extends Link {
  listener: LinkListener;
  /** What was asked of it, in order. */
  asked: ('subscribe' | 'list' | 'close')[];
}

/** Opens links that are moved by hand; they are kept in the order in which they were dialled. */
export function linksByHand() {
  const links: LinkByHand[] = [];
  const open: OpenLink = (listener) => {
    const asked: LinkByHand['asked'] = [];
    const link = {
      ...{ listener, asked, subscribe: () => asked.push('subscribe') },
      ...{ list: () => asked.push('list'), close: () => asked.push('close') },
    };
    links.push(link);
    return link;
  };
  return {
    open,
    links,
    /** The newest link. @throws when nothing was dialled yet */
    get link(): LinkByHand {
      const link = links.at(-1);
      if (!link) throw new Error('nothing was dialled');
      return link;
    },
  };
}
