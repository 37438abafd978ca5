import './styles/base.css'
import './styles/text.css'
import './styles/novel.css'
import { readAddress, streamPath } from './page/address.ts'
import { createEventSourceFeed } from './page/event-source-feed.ts'
import { createPlayer } from './player.ts'

createPlayer(document.body, createEventSourceFeed(streamPath(readAddress(location))))
